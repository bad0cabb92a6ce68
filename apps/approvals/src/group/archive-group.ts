import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
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
      if (await isNamed(tx, companyId, programId, groupId, now)) {
        throw new Conflict(
          'group.in_use',
          'The application rules in force or an open invitation put partners into this group. Change them first.',
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

/** Whether somebody who applies from now on may be put into the group. */
async function isNamed(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
  groupId: Id<'Group'>,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from (
       select rules from approvals.application_rules
        where company_id = $1 and program_id = $2 order by version desc limit 1) as in_force
      where in_force.rules @> jsonb_build_array(jsonb_build_object('group_id', $3::uuid))
     union all
     select 1 from approvals.invitation
      where company_id = $1 and program_id = $2 and group_id = $3 and used_at is null and revoked_at is null
        and expires_at > $4
     limit 1`,
    [companyId, programId, groupId, now],
  );
  return rows.length > 0;
}
