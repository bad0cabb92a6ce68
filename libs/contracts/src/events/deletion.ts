/** Why a company declined a commission, or deleted it, its order or its customer. `OTHER` needs a text. */
export const DELETION_REASONS = [
  'REFUNDED',
  'ACCOUNT_CANCELLED',
  'NOT_QUALIFIED',
  'DUPLICATE',
  'FRAUD',
  'TEST',
  'OTHER',
] as const;
export type DeletionReason = (typeof DELETION_REASONS)[number];

/** What a partner reads of a reason, after "because". Where there is a text of the company, it follows. */
export const DELETION_REASON_TEXTS: Readonly<Record<DeletionReason, string>> = {
  REFUNDED: 'the customer was refunded',
  ACCOUNT_CANCELLED: 'the customer cancelled their account',
  NOT_QUALIFIED: 'it did not qualify under the offer',
  DUPLICATE: 'it was counted already',
  FRAUD: 'the company suspects fraud',
  TEST: 'it was a test of the company',
  OTHER: 'of a reason that the company gives in words',
};
