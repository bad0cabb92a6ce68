import type { SecretBox } from '#config';
import { DAY_MS } from '#kernel';
import type { OpenSession } from './open-session.js';
import { refreshTokenOf, signAccessToken } from './session-tokens.js';

/** A session that nobody refreshes ends by itself. */
export const sessionEndsAt = (now: Date): Date => new Date(now.getTime() + 30 * DAY_MS);

/** What a person's app holds while signed in. */
export interface SessionTokens {
  readonly accessToken: string;
  /** When the access token ends. */
  readonly expiresAt: Date;
  readonly refreshToken: string;
}

export async function tokensOf(
  secretBox: SecretBox,
  session: OpenSession,
  now: Date,
): Promise<SessionTokens> {
  const { token, expiresAt } = await signAccessToken(secretBox, session, now);
  return { accessToken: token, expiresAt, refreshToken: refreshTokenOf(secretBox, session) };
}
