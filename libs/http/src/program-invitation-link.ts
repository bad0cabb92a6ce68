import type { SecretBox } from '#config';
import { type Id, parseId, publicId } from '#kernel';

const PURPOSE = 'program-invitation';

/** One invitation to a program, and whose it is. */
export interface ProgramInvitationKey {
  readonly companyId: Id<'Company'>;
  readonly invitationId: Id<'Invitation'>;
}

/** The address in an invitation mail; like a sign-in link, its secret is derived, and opening it changes nothing. */
export function programInvitationLink(
  secretBox: SecretBox,
  publicUrl: string,
  key: ProgramInvitationKey,
): string {
  const link = new URL('/invitation', publicUrl);
  link.searchParams.set('token', programInvitationToken(secretBox, key));
  return link.href;
}

/** `inv_….cmp_….<MAC>`: names the company, so that the invitation is looked up inside that tenant only. */
export function programInvitationToken(secretBox: SecretBox, key: ProgramInvitationKey): string {
  const claims = claimsOf(key);
  return `${claims}.${secretBox.mac(PURPOSE, claims)}`;
}

/** The invitation that a token is for, or null when this installation did not make the token. */
export function readProgramInvitationToken(secretBox: SecretBox, token: string): ProgramInvitationKey | null {
  const [invitation = '', company = '', mac = '', ...more] = token.split('.');
  if (more.length > 0) return null;
  try {
    const key = {
      companyId: parseId('Company', company),
      invitationId: parseId('Invitation', invitation),
    };
    return secretBox.isMac(PURPOSE, claimsOf(key), mac) ? key : null;
  } catch {
    return null;
  }
}

const claimsOf = ({ companyId, invitationId }: ProgramInvitationKey): string =>
  `${publicId('Invitation', invitationId)}.${publicId('Company', companyId)}`;
