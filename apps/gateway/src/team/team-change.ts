import { insertRows, type Transaction } from '#database';
import type { Account, TeamRole } from '#http';
import { asId, type Id, newId } from '#kernel';

export const TEAM_CHANGE_KINDS = ['invited', 'revoked', 'joined', 'role_changed', 'removed'] as const;
export type TeamChangeKind = (typeof TEAM_CHANGE_KINDS)[number];

/** Something that was done to a team: the log only grows. */
export interface TeamChange {
  readonly changeId: Id<'TeamChange'>;
  readonly kind: TeamChangeKind;
  /** Whom it concerns. */
  readonly email: string;
  /** From now on; the last one when somebody goes. */
  readonly role: TeamRole;
  /** Who did it, as `actorOf` names callers. */
  readonly actor: string;
  readonly at: Date;
}

/** A row of `access.team_change` as the driver gives it. */
export interface TeamChangeRow {
  readonly change_id: string;
  readonly kind: TeamChangeKind;
  readonly email: string;
  readonly role: TeamRole;
  readonly actor: string;
  readonly changed_at: string;
}

export function teamChangeOf(row: TeamChangeRow): TeamChange {
  return {
    changeId: asId('TeamChange', row.change_id),
    kind: row.kind,
    email: row.email,
    role: row.role,
    actor: row.actor,
    at: new Date(row.changed_at),
  };
}

const COLUMNS = {
  company_id: 'uuid',
  partner_id: 'uuid',
  change_id: 'uuid',
  kind: 'text',
  email: 'text',
  role: 'text',
  actor: 'text',
  changed_at: 'timestamptz',
};

/** Logs a change in the transaction that makes it. */
export async function logTeamChange(
  tx: Transaction,
  account: Account,
  change: Omit<TeamChange, 'changeId'>,
): Promise<void> {
  await insertRows(tx, 'access.team_change', COLUMNS, [
    {
      company_id: account.kind === 'company' ? account.id : null,
      partner_id: account.kind === 'partner' ? account.id : null,
      change_id: newId('TeamChange'),
      kind: change.kind,
      email: change.email,
      role: change.role,
      actor: change.actor,
      changed_at: change.at.toISOString(),
    },
  ]);
}
