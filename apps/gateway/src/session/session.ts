import type { SecretBox } from '#config';
import type { Id } from '#kernel';
import { refreshTokenOf, signAccessToken } from './session-tokens.js';

const DAY_MS = 86_400_000;

/** A session that nobody refreshes ends by itself. */
export const sessionEndsAt = (now: Date): Date => new Date(now.getTime() + 30 * DAY_MS);

/** What a partner's app holds while signed in. */
export interface SessionTokens {
  readonly accessToken: string;
  /** When the access token ends. */
  readonly expiresAt: Date;
  readonly refreshToken: string;
}

export async function tokensOf(
  secretBox: SecretBox,
  session: {
    readonly sessionId: Id<'Session'>;
    readonly partnerId: Id<'Partner'>;
    readonly generation: number;
  },
  now: Date,
): Promise<SessionTokens> {
  const { token, expiresAt } = await signAccessToken(secretBox, session, now);
  return { accessToken: token, expiresAt, refreshToken: refreshTokenOf(secretBox, session) };
}
