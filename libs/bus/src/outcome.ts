/** What became of one delivery; every variant but an exception commits with the batch. */
export type Outcome =
  | { readonly kind: 'done' }
  /** Something it needs is not here yet: parked until `waitFor` is woken, at most until `deadline`. */
  | { readonly kind: 'wait'; readonly waitFor: string; readonly reason: string; readonly deadline: Date }
  /** Nothing to do, and why; visible, and woken like a parked one when `waitFor` is named. */
  | { readonly kind: 'ignored'; readonly reason: string; readonly waitFor?: string }
  /** Cannot ever succeed as it is: becomes a dead letter for ops to mend. */
  | { readonly kind: 'permanent'; readonly code: string; readonly message: string };

export const done = (): Outcome => ({ kind: 'done' });

export const wait = (waitFor: string, reason: string, deadline: Date): Outcome => ({
  kind: 'wait',
  waitFor,
  reason,
  deadline,
});

export const ignored = (reason: string, waitFor?: string): Outcome =>
  waitFor === undefined ? { kind: 'ignored', reason } : { kind: 'ignored', reason, waitFor };

export const permanent = (code: string, message: string): Outcome => ({
  kind: 'permanent',
  code,
  message,
});
