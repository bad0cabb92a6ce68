import { within } from '#kernel';

/** Waits for `work` at most so long; undefined when it failed or took longer, and it may go on. */
export const settleWithin = <T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> =>
  within(milliseconds, work).catch(() => undefined);
