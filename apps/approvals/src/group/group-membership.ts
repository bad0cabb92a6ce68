import type { Transaction } from '#database';
import { asId, type Id, InvalidField } from '#kernel';
import { selectGroups } from './group.js';

export interface GroupMove {
  readonly companyId: Id<'Company'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly groupId: Id<'Group'>;
  /** Events from then on are judged as those of the new group. */
  readonly effectiveFrom: Date;
  readonly actor: string;
}

/** Puts a partner into a group; a move that was planned for then or later gives way to it. */
export async function enterGroup(tx: Transaction, move: GroupMove): Promise<void> {
  const { companyId, partnershipId, programId, groupId, effectiveFrom, actor } = move;
  await tx.query(
    `delete from approvals.partnership_group
      where company_id = $1 and partnership_id = $2 and effective_from >= $3`,
    [companyId, partnershipId, effectiveFrom],
  );
  await tx.query(
    `insert into approvals.partnership_group
       (company_id, partnership_id, effective_from, program_id, group_id, actor)
     values ($1, $2, $3, $4, $5, $6)`,
    [companyId, partnershipId, effectiveFrom, programId, groupId, actor],
  );
}

/** The group that a program's partners start in; it stays that until the transaction ends. */
export async function defaultGroupOf(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
): Promise<Id<'Group'>> {
  // Making another group the default takes the program's lock too.
  await tx.query('select 1 from approvals.program where company_id = $1 and program_id = $2 for share', [
    companyId,
    programId,
  ]);
  const [row] = await tx.query<{ group_id: string }>(
    'select group_id from approvals.program_group where company_id = $1 and program_id = $2 and is_default',
    [companyId, programId],
  );
  if (!row) throw new Error(`program ${programId} has no default group`);
  return asId('Group', row.group_id);
}

/**
 * Refuses a group that partners of the program cannot be put into.
 * @throws InvalidInput `group.not_of_program`, `group.archived`, at `field`
 */
export async function requireOpenGroup(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
  groupId: Id<'Group'>,
  field = 'groupId',
): Promise<void> {
  const [group] = await selectGroups(
    tx,
    'g.company_id = $1 and g.program_id = $2 and g.group_id = $3 for share',
    [companyId, programId, groupId],
  );
  if (!group) throw new InvalidField('group.not_of_program', field, 'must be a group of this program');
  if (group.archivedAt)
    throw new InvalidField('group.archived', field, 'must be a group that is not archived');
}
