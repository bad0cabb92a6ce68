import type { SecretBox } from '#config';
import type { Transaction } from '#database';
import { readProgramInvitationToken } from '#http';
import { Conflict, type Id, InvalidField } from '#kernel';
import type { Membership } from '../partnership/open-partnership.js';
import { type Invitation, type InvitationState, selectInvitations } from './invitation.js';

/**
 * The invitation that an application may use: the one whose token came with it, else an open one of the
 * partner's address. Locked until the transaction ends.
 * @throws InvalidInput `invitation.invalid`, `invitation.of_other_address`, Conflict `invitation.<state>`
 */
export async function openInvitationOf(
  tx: Transaction,
  secretBox: SecretBox,
  membership: Membership,
  token: string | null,
  now: Date,
): Promise<Invitation | null> {
  const { companyId, programId, partnerId } = membership;
  if (token !== null) return invitationOfToken(tx, secretBox, membership, token, now);
  const [invitation] = await selectInvitations(
    tx,
    `i.company_id = $1 and i.program_id = $2 and i.used_at is null and i.revoked_at is null
       and i.expires_at > $4
       and i.email = (select lower(email) from access.published_partner where partner_id = $3) for update`,
    [companyId, programId, partnerId, now],
    now,
  );
  return invitation ?? null;
}

export async function useInvitation(
  tx: Transaction,
  companyId: Id<'Company'>,
  invitationId: Id<'Invitation'>,
  applicationId: Id<'Application'>,
  at: Date,
): Promise<void> {
  await tx.query(
    `update approvals.invitation set used_at = $3, application_id = $4
      where company_id = $1 and invitation_id = $2`,
    [companyId, invitationId, at, applicationId],
  );
}

const INSTEAD: Readonly<Record<Exclude<InvitationState, 'open'>, string>> = {
  used: 'This invitation was used already. See your programs.',
  revoked: 'The company took this invitation back. Apply without it, or ask the company for a new one.',
  expired: 'This invitation has expired. Apply without it, or ask the company for a new one.',
};

async function invitationOfToken(
  tx: Transaction,
  secretBox: SecretBox,
  { companyId, programId, partnerId }: Membership,
  token: string,
  now: Date,
): Promise<Invitation> {
  const key = readProgramInvitationToken(secretBox, token);
  if (key?.companyId !== companyId) throw notOfProgram();
  const [invitation] = await selectInvitations(
    tx,
    'i.company_id = $1 and i.program_id = $2 and i.invitation_id = $3 for update',
    [companyId, programId, key.invitationId],
    now,
  );
  if (!invitation) throw notOfProgram();
  if (invitation.state !== 'open') {
    throw new Conflict(`invitation.${invitation.state}`, INSTEAD[invitation.state]);
  }
  const [partner] = await tx.query<{ email: string }>(
    'select lower(email) as email from access.published_partner where partner_id = $1',
    [partnerId],
  );
  if (partner?.email !== invitation.email) {
    throw refused('invitation.of_other_address', 'was sent to another address; sign in with that one');
  }
  return invitation;
}

const notOfProgram = () =>
  refused('invitation.invalid', 'must be the token of an invitation to this program');

const refused = (code: string, message: string) => new InvalidField(code, 'invitationToken', message);
