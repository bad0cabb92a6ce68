/** Where a delivery stands (docs/architecture.md, delivery states). */
export type DeliveryState = 'ready' | 'sent' | 'parked' | 'done' | 'ignored' | 'dead';

/** Why a delivery failed the last time, as the bus recorded it. */
export interface Failure {
  readonly code: string;
  readonly class?: string;
  readonly message: string;
  readonly stack?: string;
}

/** The reason of a dead letter that an operator set aside; it can still be replayed. */
export const DISCARDED = 'DISCARDED';
