import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { Conflict, type Id } from '#kernel';
import { lockProgram } from '../program/program.js';
import { type Group, type GroupFeatures, lockGroup, nameTaken, selectGroups } from './group.js';

export interface GroupChange extends Partial<GroupFeatures> {
  readonly name?: string;
  /** Partners who apply from now on start in this group. */
  readonly place?: 'default';
}

/** Renames a group, changes what its partners may do, or makes it the one that partners start in. */
@Injectable()
export class ChangeGroup {
  constructor(private readonly database: Database) {}

  /** @throws NotFound, Conflict `group.name_taken`, `group.archived` */
  execute(
    companyId: Id<'Company'>,
    programId: Id<'Program'>,
    groupId: Id<'Group'>,
    { place, ...change }: GroupChange,
  ): Promise<Group> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      // The program's lock keeps two changes from making two defaults, or two groups of one name.
      await lockProgram(tx, companyId, programId);
      const current = await lockGroup(tx, companyId, programId, groupId);
      if (current.archivedAt) {
        throw new Conflict('group.archived', 'The group is archived. Create a new one instead.');
      }
      const next = { ...current, ...change };
      const homonyms = await selectGroups(
        tx,
        `g.company_id = $1 and g.program_id = $2 and g.group_id <> $3 and lower(g.name) = lower($4)
           and g.archived_at is null`,
        [companyId, programId, groupId, next.name],
      );
      if (homonyms.length > 0) throw nameTaken(next.name);
      if (place === 'default') {
        await tx.query(
          `update approvals.program_group set is_default = false
            where company_id = $1 and program_id = $2 and is_default`,
          [companyId, programId],
        );
      }
      const isDefault = current.isDefault || place === 'default';
      await tx.query(
        `update approvals.program_group set name = $3, is_default = $4, are_links_enabled = $5,
           are_leads_enabled = $6, are_deals_enabled = $7
          where company_id = $1 and group_id = $2`,
        [
          companyId,
          groupId,
          next.name,
          isDefault,
          next.areLinksEnabled,
          next.areLeadsEnabled,
          next.areDealsEnabled,
        ],
      );
      return { ...next, isDefault };
    });
  }
}
