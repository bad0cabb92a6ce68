import type { SqlValue, Transaction } from '#database';
import { asId, type Id, NotFound } from '#kernel';

/** `open` waits for its partner; the others are final. */
export const INVITATION_STATES = ['open', 'used', 'revoked', 'expired'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** The company asks somebody, by e-mail, to join a program. */
export interface Invitation {
  readonly invitationId: Id<'Invitation'>;
  readonly programId: Id<'Program'>;
  /** Lower case; only an account with this address can use the invitation. */
  readonly email: string;
  /** Where the partner starts; null leaves it to the program. */
  readonly groupId: Id<'Group'> | null;
  readonly message: string | null;
  readonly state: InvitationState;
  readonly invitedAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly usedAt: Date | null;
  readonly applicationId: Id<'Application'> | null;
}

interface Row {
  readonly invitation_id: string;
  readonly program_id: string;
  readonly email: string;
  readonly group_id: string | null;
  readonly message: string | null;
  readonly invited_at: string;
  readonly expires_at: string;
  readonly revoked_at: string | null;
  readonly used_at: string | null;
  readonly application_id: string | null;
}

/**
 * @param condition SQL over `i` (the invitation), ended by order, limit or lock
 * @param now decides which open ones have expired
 */
export async function selectInvitations(
  tx: Transaction,
  condition: string,
  parameters: readonly SqlValue[],
  now: Date,
): Promise<Invitation[]> {
  const rows = await tx.query<Row>(
    `select i.invitation_id, i.program_id, i.email, i.group_id, i.message, i.invited_at, i.expires_at,
       i.revoked_at, i.used_at, i.application_id
     from approvals.invitation i where ${condition}`,
    parameters,
  );
  return rows.map((row) => ({
    invitationId: asId('Invitation', row.invitation_id),
    programId: asId('Program', row.program_id),
    email: row.email,
    groupId: row.group_id === null ? null : asId('Group', row.group_id),
    message: row.message,
    state: stateOf(row, now),
    invitedAt: new Date(row.invited_at),
    expiresAt: new Date(row.expires_at),
    revokedAt: dateOf(row.revoked_at),
    usedAt: dateOf(row.used_at),
    applicationId: row.application_id === null ? null : asId('Application', row.application_id),
  }));
}

/** Reads an invitation, locked until the transaction ends. @throws NotFound */
export async function lockInvitation(
  tx: Transaction,
  companyId: Id<'Company'>,
  invitationId: Id<'Invitation'>,
  now: Date,
): Promise<Invitation> {
  const [invitation] = await selectInvitations(
    tx,
    'i.company_id = $1 and i.invitation_id = $2 for update',
    [companyId, invitationId],
    now,
  );
  if (!invitation) throw new NotFound('invitation');
  return invitation;
}

function stateOf(row: Row, now: Date): InvitationState {
  if (row.used_at !== null) return 'used';
  if (row.revoked_at !== null) return 'revoked';
  return new Date(row.expires_at) <= now ? 'expired' : 'open';
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
