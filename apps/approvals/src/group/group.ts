import type { SqlValue, Transaction } from '#database';
import { asId, Conflict, type Id, newId, NotFound } from '#kernel';

/** What a group's partners may do; null follows the program. */
export interface GroupFeatures {
  readonly areLinksEnabled: boolean | null;
  readonly areLeadsEnabled: boolean | null;
  readonly areDealsEnabled: boolean | null;
}

/** Partners of one program who get the same features and offers. Every program has one that partners start in. */
export interface Group extends GroupFeatures {
  readonly groupId: Id<'Group'>;
  readonly programId: Id<'Program'>;
  readonly name: string;
  readonly isDefault: boolean;
  readonly createdAt: Date;
  /** Since when no partner can be moved into it. */
  readonly archivedAt: Date | null;
}

export interface NewGroup {
  readonly programId: Id<'Program'>;
  readonly name: string;
  /** Whether partners start in it. */
  readonly place: 'default' | 'other';
  readonly features: GroupFeatures;
  readonly createdAt: Date;
}

export const DEFAULT_GROUP_NAME = 'Partners';
export const FOLLOWING_PROGRAM: GroupFeatures = {
  areLinksEnabled: null,
  areLeadsEnabled: null,
  areDealsEnabled: null,
};

interface Row {
  readonly group_id: string;
  readonly program_id: string;
  readonly name: string;
  readonly is_default: boolean;
  readonly are_links_enabled: boolean | null;
  readonly are_leads_enabled: boolean | null;
  readonly are_deals_enabled: boolean | null;
  readonly created_at: string;
  readonly archived_at: string | null;
}

/** @param condition SQL over `g` (the group), ended by order, limit or lock */
export async function selectGroups(
  tx: Transaction,
  condition: string,
  parameters: readonly SqlValue[],
): Promise<Group[]> {
  const rows = await tx.query<Row>(
    `select g.group_id, g.program_id, g.name, g.is_default, g.are_links_enabled, g.are_leads_enabled,
       g.are_deals_enabled, g.created_at, g.archived_at
     from approvals.program_group g where ${condition}`,
    parameters,
  );
  return rows.map((row) => ({
    groupId: asId('Group', row.group_id),
    programId: asId('Program', row.program_id),
    name: row.name,
    isDefault: row.is_default,
    areLinksEnabled: row.are_links_enabled,
    areLeadsEnabled: row.are_leads_enabled,
    areDealsEnabled: row.are_deals_enabled,
    createdAt: new Date(row.created_at),
    archivedAt: row.archived_at === null ? null : new Date(row.archived_at),
  }));
}

/** Reads a group, locked until the transaction ends. @throws NotFound */
export async function lockGroup(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
  groupId: Id<'Group'>,
): Promise<Group> {
  const [group] = await selectGroups(
    tx,
    'g.company_id = $1 and g.program_id = $2 and g.group_id = $3 for update',
    [companyId, programId, groupId],
  );
  if (!group) throw new NotFound('group');
  return group;
}

/** @throws Conflict `group.name_taken` */
export async function addGroup(
  tx: Transaction,
  companyId: Id<'Company'>,
  { programId, name, place, features, createdAt }: NewGroup,
): Promise<Group> {
  const groupId = newId('Group');
  const created = await tx.query(
    `insert into approvals.program_group (company_id, group_id, program_id, name, is_default, are_links_enabled,
       are_leads_enabled, are_deals_enabled, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning 1`,
    [
      companyId,
      groupId,
      programId,
      name,
      place === 'default',
      features.areLinksEnabled,
      features.areLeadsEnabled,
      features.areDealsEnabled,
      createdAt,
    ],
  );
  if (created.length === 0) throw nameTaken(name);
  return {
    groupId,
    programId,
    name,
    isDefault: place === 'default',
    ...features,
    createdAt,
    archivedAt: null,
  };
}

export const nameTaken = (name: string): Conflict =>
  new Conflict('group.name_taken', `The program has a group named "${name}". Choose another name.`);
