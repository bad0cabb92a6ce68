import type { SecretBox } from '#config';
import { type Id, parseId, publicId } from '#kernel';

const PURPOSE = 'sign-in';

/**
 * The address in a sign-in mail. Its secret is derived from the id, so nothing secret is stored or queued;
 * opening it changes nothing: its page tells the partner's app to `POST /v1/sessions` with the token.
 */
export function signInLink(secretBox: SecretBox, publicUrl: string, signInId: Id<'SignIn'>): string {
  const link = new URL('/sign-in', publicUrl);
  link.searchParams.set('token', signInToken(secretBox, signInId));
  return link.href;
}

/** The one-time token of a sign-in, for example `sgn_01h455vb4pex5vsknk084sn02q.KJ3f…`. */
export function signInToken(secretBox: SecretBox, signInId: Id<'SignIn'>): string {
  return `${publicId('SignIn', signInId)}.${secretBox.mac(PURPOSE, signInId)}`;
}

/** The sign-in that a token is for, or null when this installation did not make the token. */
export function readSignInToken(secretBox: SecretBox, token: string): Id<'SignIn'> | null {
  const [id = '', mac = '', ...more] = token.split('.');
  if (more.length > 0) return null;
  try {
    const signInId = parseId('SignIn', id);
    return secretBox.isMac(PURPOSE, signInId, mac) ? signInId : null;
  } catch {
    return null;
  }
}
