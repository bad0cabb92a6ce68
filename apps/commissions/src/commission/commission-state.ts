/** docs/commission-states.md draws how they follow each other. */
export const COMMISSION_STATES = ['waiting_fulfilment', 'held', 'payable', 'paid', 'reversed'] as const;
export type CommissionState = (typeof COMMISSION_STATES)[number];

const REVERSAL_REASONS = ['REFUNDED', 'REATTRIBUTED', 'NOT_QUALIFIED'] as const;
/** Why nothing is left of a commission. */
export type ReversalReason = (typeof REVERSAL_REASONS)[number];
