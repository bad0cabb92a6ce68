import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery } from '#http';
import { type Id, NotFound } from '#kernel';
import { loadProgram } from '../program/program.js';
import { type Group, selectGroups } from './group.js';

/** A program's groups, archived ones too. */
@Injectable()
export class ReadGroups {
  constructor(private readonly database: Database) {}

  /** Newest first. @returns one more than the limit when there is a next page. @throws NotFound */
  list(companyId: Id<'Company'>, programId: Id<'Program'>, page: PageQuery): Promise<Group[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await loadProgram(tx, companyId, programId);
      return selectGroups(
        tx,
        `g.company_id = $1 and g.program_id = $2 and ($3::uuid is null or g.group_id < $3)
         order by g.group_id desc limit $4`,
        [companyId, programId, cursorId(page), page.limit + 1],
      );
    });
  }

  /** @throws NotFound */
  async one(companyId: Id<'Company'>, programId: Id<'Program'>, groupId: Id<'Group'>): Promise<Group> {
    const [group] = await this.database.transaction(companyScope(companyId), (tx) =>
      selectGroups(tx, 'g.company_id = $1 and g.program_id = $2 and g.group_id = $3', [
        companyId,
        programId,
        groupId,
      ]),
    );
    if (!group) throw new NotFound('group');
    return group;
  }
}
