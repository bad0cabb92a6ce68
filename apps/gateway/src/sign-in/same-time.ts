import { setTimeout } from 'node:timers/promises';

/** Longer than the work takes, with or without an account behind the address. */
const FLOOR_MS = 100;

/** Answers no sooner than the floor, so that the time taken does not tell whether an account exists. */
export async function inTheSameTime<T>(work: Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work, setTimeout(FLOOR_MS)]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
