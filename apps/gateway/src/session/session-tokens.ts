import { errors, jwtVerify, SignJWT } from 'jose';
import type { SecretBox } from '#config';
import { asId, type Id, parseId, publicId } from '#kernel';

const ACCESS_MINUTES = 10;
const ISSUER = 'fairlead';
const AUDIENCE = 'fairlead:session';
const accessKey = (secretBox: SecretBox) => secretBox.key('access-token');

export interface AccessClaims {
  readonly personId: Id<'Person'>;
  readonly sessionId: Id<'Session'>;
  readonly expiresAt: Date;
}

/** A person's access token: a JWT (HS256) for ten minutes. */
export async function signAccessToken(
  secretBox: SecretBox,
  session: { readonly personId: Id<'Person'>; readonly sessionId: Id<'Session'> },
  now: Date,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const expiresAt = issuedAt + ACCESS_MINUTES * 60;
  const token = await new SignJWT({ sid: session.sessionId })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(session.personId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(accessKey(secretBox));
  return { token, expiresAt: new Date(expiresAt * 1000) };
}

/** Null when the token is not ours or is over. */
export async function readAccessToken(
  secretBox: SecretBox,
  token: string,
  now: Date,
): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify<{ sid: string }>(token, accessKey(secretBox), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
      currentDate: now,
      requiredClaims: ['sub', 'sid', 'exp'],
    });
    return {
      personId: asId('Person', payload.sub ?? ''),
      sessionId: asId('Session', payload.sid),
      expiresAt: new Date((payload.exp ?? 0) * 1000),
    };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** As it was when only partners signed in: a new one would sign everybody out. */
const REFRESH_PURPOSE = 'partner-refresh-token';
/** The session part is a TypeID suffix (Crockford's base32 of 128 bits). */
const REFRESH_TOKEN = /^flr_([0-7][0-9a-hjkmnp-tv-z]{25})\.([1-9]\d{0,8})\.([\w-]{43})$/;

/** One of a session's refresh tokens; each is used once and gives the next generation. */
export interface RefreshClaims {
  readonly sessionId: Id<'Session'>;
  readonly generation: number;
}

/**
 * `flr_<session>.<generation>.<MAC>`: derived, so nothing secret is stored, and an old generation is known
 * for what it is: a token used twice.
 */
export function refreshTokenOf(secretBox: SecretBox, { sessionId, generation }: RefreshClaims): string {
  const mac = secretBox.mac(REFRESH_PURPOSE, `${sessionId}.${generation}`);
  return `flr_${publicId('Session', sessionId).slice('ses_'.length)}.${generation}.${mac}`;
}

/** Null when the token is not ours. */
export function readRefreshToken(secretBox: SecretBox, token: string): RefreshClaims | null {
  const [, session, count, mac] = REFRESH_TOKEN.exec(token) ?? [];
  if (session === undefined || count === undefined || mac === undefined) return null;
  const claims = { sessionId: parseId('Session', `ses_${session}`), generation: Number(count) };
  const isOurs = secretBox.isMac(REFRESH_PURPOSE, `${claims.sessionId}.${claims.generation}`, mac);
  return isOurs ? claims : null;
}
