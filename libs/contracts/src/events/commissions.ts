/** What a partner should hear about one commission. Amounts are minor units. */
interface CommissionChange {
  readonly commissionId: string;
  readonly partnershipId: string;
  readonly partnerId: string;
  readonly programId: string;
  readonly offerId: string;
  readonly subject: { readonly kind: 'signup' | 'order'; readonly key: string };
  readonly currency: string;
  /** What the commission amounts to now, after this change. */
  readonly amount: number;
  /** This change: positive when earned, negative when reversed. */
  readonly change: number;
}

export interface CommissionEarned extends CommissionChange {
  /** When the hold ends; ISO 8601. */
  readonly heldUntil: string;
}

export interface CommissionReversed extends CommissionChange {
  /** `REATTRIBUTED`: credited elsewhere by a better decision; `CORRECTED`: the order's own facts changed. */
  readonly reason: 'REFUNDED' | 'REATTRIBUTED' | 'NOT_QUALIFIED' | 'CORRECTED';
}

/** The company has paid a partner; `amount` is minor units. */
export interface PayoutPaid {
  readonly payoutId: string;
  readonly partnershipId: string;
  readonly partnerId: string;
  readonly programId: string;
  readonly currency: string;
  readonly amount: number;
  /** How the company's bank or payment service names the payment. */
  readonly externalReference: string;
}

/** The hold is over: the amount is payable. */
export type CommissionReleased = Omit<CommissionChange, 'change'>;
