import type { SubjectKind } from './attribution.js';
import type { DeletionReason } from './deletion.js';

/** What a partner should hear about one commission. Amounts are minor units. */
interface CommissionChange {
  readonly commissionId: string;
  readonly partnershipId: string;
  readonly partnerId: string;
  readonly programId: string;
  readonly offerId: string;
  readonly subject: { readonly kind: SubjectKind; readonly key: string };
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
  /**
   * `REATTRIBUTED`: credited elsewhere by a better decision; `CORRECTED`: the order's own facts changed. Other
   * reasons than these facts are given by a deletion.
   */
  readonly reason:
    | 'REFUNDED'
    | 'CHARGED_BACK'
    | 'CANCELLED'
    | 'REATTRIBUTED'
    | 'NOT_QUALIFIED'
    | 'CORRECTED'
    | DeletionReason;
  /** Set when the company deleted it; `change` is 0 when nothing was earned yet. */
  readonly deletion: {
    /** The commission itself, what it is about, or whose that is. */
    readonly extent: 'commission' | 'subject' | 'customer';
    readonly reason: DeletionReason;
    /** The company's own words. */
    readonly note: string | null;
  } | null;
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

/** People of the company looked at a commission. `amount` is what it comes, or would have come, to. */
export interface CommissionReviewed extends Omit<CommissionChange, 'change'> {
  readonly outcome: 'approved' | 'declined';
  /** Null when approved. */
  readonly reason: DeletionReason | null;
  /** The company's own words. */
  readonly note: string | null;
}

/** The company credited a partner with an amount of its own, or took one: `amount` may be negative. */
export interface CommissionAdjusted {
  readonly commissionId: string;
  readonly partnershipId: string;
  readonly partnerId: string;
  readonly programId: string;
  readonly currency: string;
  readonly amount: number;
  readonly reason: string;
}
