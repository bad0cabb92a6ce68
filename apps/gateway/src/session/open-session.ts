import type { Transaction } from '#database';
import { type Id, newId } from '#kernel';
import { sessionEndsAt } from './session.js';

/** A session as its tokens name it. */
export interface OpenSession {
  readonly sessionId: Id<'Session'>;
  readonly personId: Id<'Person'>;
  readonly generation: number;
}

/** Signs a person in. */
export async function openSession(tx: Transaction, personId: Id<'Person'>, now: Date): Promise<OpenSession> {
  const session = { sessionId: newId('Session'), personId, generation: 1 };
  await tx.query(
    `insert into access.session (session_id, person_id, generation, created_at, refreshed_at, expires_at)
     values ($1, $2, $3, $4, $4, $5)`,
    [session.sessionId, personId, session.generation, now, sessionEndsAt(now)],
  );
  return session;
}
