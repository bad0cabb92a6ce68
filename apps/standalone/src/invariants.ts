import { BUS_INVARIANTS } from '#bus';
import type { Invariant } from '#database';

/** Every service's invariants: what `npm run verify` checks, and every fault test afterwards. */
export const INVARIANTS: readonly Invariant[] = [...BUS_INVARIANTS];
