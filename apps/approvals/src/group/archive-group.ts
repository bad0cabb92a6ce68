import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { Clock, Conflict, type Id } from '#kernel';
import { type Group, lockGroup } from './group.js';

/** An empty group is put away. It stays readable: what was decided by it goes on naming it. */
@Injectable()
export class ArchiveGroup {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `group.is_default`, `group.in_use` */
  execute(
    companyId: Id<'Company'>,
    programId: Id<'Program'>,
    groupId: Id<'Group'>,
    request: IdempotentRequest,
  ): Promise<Group> {
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const group = await lockGroup(tx, companyId, programId, groupId);
      if (group.archivedAt) return group;
      if (group.isDefault) {
        throw new Conflict(
          'group.is_default',
          'Partners start in this group. Make another group the default first.',
        );
      }
      const now = this.clock.now();
      const members = await tx.query(
        `select 1 from approvals.partnership_group m
          where m.company_id = $1 and m.group_id = $2
            and not exists (
              select 1 from approvals.partnership_group later
               where later.company_id = m.company_id and later.partnership_id = m.partnership_id
                 and later.effective_from > m.effective_from and later.effective_from <= $3)
          limit 1`,
        [companyId, groupId, now],
      );
      if (members.length > 0) {
        throw new Conflict(
          'group.in_use',
          'Partners are in this group, or will be. Move them to another group first.',
        );
      }
      await tx.query(
        'update approvals.program_group set archived_at = $3 where company_id = $1 and group_id = $2',
        [companyId, groupId, now],
      );
      return { ...group, archivedAt: now };
    });
  }
}
