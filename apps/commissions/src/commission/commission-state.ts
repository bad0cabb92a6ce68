import { DELETION_REASONS } from '#contracts';

/** docs/commission-states.md draws how they follow each other. */
export const COMMISSION_STATES = [
  'waiting_fulfilment',
  'in_review',
  'held',
  'approved',
  'payable',
  'paid',
  'declined',
  'reversed',
] as const;
export type CommissionState = (typeof COMMISSION_STATES)[number];

export const REVERSAL_REASONS = ['CHARGED_BACK', 'CANCELLED', 'REATTRIBUTED', ...DELETION_REASONS] as const;
/** Why nothing is left of a commission: by the facts known, or by the company's word. */
export type ReversalReason = (typeof REVERSAL_REASONS)[number];
