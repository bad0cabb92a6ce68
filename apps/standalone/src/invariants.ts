import { BUS_INVARIANTS } from '#bus';
import type { Invariant } from '#database';
import { APPROVALS_INVARIANTS } from '../../approvals/src/invariants.js';
import { ATTRIBUTION_INVARIANTS } from '../../attribution/src/invariants.js';
import { COMMISSIONS_INVARIANTS } from '../../commissions/src/invariants.js';
import { TRACKING_INVARIANTS } from '../../tracking/src/invariants.js';

/** Every service's invariants: what `npm run verify` checks, and every fault test afterwards. */
export const INVARIANTS: readonly Invariant[] = [
  ...TRACKING_INVARIANTS,
  ...BUS_INVARIANTS,
  ...APPROVALS_INVARIANTS,
  ...ATTRIBUTION_INVARIANTS,
  ...COMMISSIONS_INVARIANTS,
];
