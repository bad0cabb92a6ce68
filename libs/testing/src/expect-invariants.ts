import { checkInvariants, type Invariant } from '#database';
import { type Clock, SystemClock } from '#kernel';
import type { TestDatabase } from './test-database.js';

/**
 * Fails, with sample rows, unless every invariant holds. Call it after each fault.
 * @param clock the clock of the app under test, when it is not the real one
 */
export async function expectInvariants(
  database: TestDatabase,
  invariants: readonly Invariant[],
  clock: Clock = new SystemClock(),
): Promise<void> {
  const results = await checkInvariants(database.adminUrl, invariants, clock.now());
  expect(results.filter((result) => result.broken > 0)).toEqual([]);
}
