import type { SecretBox } from '#config';
import { type Id, parseId, publicId } from '#kernel';
import { type Account, parseAccount, publicAccountId } from './account.js';

const PURPOSE = 'team-invitation';

/** One invitation to a team, and whose team it is. */
export interface InvitationKey {
  readonly account: Account;
  readonly invitationId: Id<'TeamInvitation'>;
}

/** The address in an invitation mail; like a sign-in link, its secret is derived, and opening it changes nothing. */
export function teamInvitationLink(secretBox: SecretBox, publicUrl: string, key: InvitationKey): string {
  const link = new URL('/join', publicUrl);
  link.searchParams.set('token', teamInvitationToken(secretBox, key));
  return link.href;
}

/** `tin_….cmp_….<MAC>`: names the account, so that the invitation is looked up inside that tenant only. */
export function teamInvitationToken(secretBox: SecretBox, key: InvitationKey): string {
  const claims = claimsOf(key);
  return `${claims}.${secretBox.mac(PURPOSE, claims)}`;
}

/** The invitation that a token is for, or null when this installation did not make the token. */
export function readTeamInvitationToken(secretBox: SecretBox, token: string): InvitationKey | null {
  const [id = '', account = '', mac = '', ...more] = token.split('.');
  if (more.length > 0) return null;
  try {
    const key = {
      account: parseAccount(account, 'token'),
      invitationId: parseId('TeamInvitation', id),
    };
    return secretBox.isMac(PURPOSE, claimsOf(key), mac) ? key : null;
  } catch {
    return null;
  }
}

const claimsOf = ({ account, invitationId }: InvitationKey): string =>
  `${publicId('TeamInvitation', invitationId)}.${publicAccountId(account)}`;
