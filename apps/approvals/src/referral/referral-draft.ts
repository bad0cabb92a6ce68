import type { ReferralKind } from '#contracts';
import type { Money } from '#kernel';

/** A lead or deal as it is submitted. */
export interface ReferralDraft {
  readonly kind: ReferralKind;
  readonly contact: {
    readonly name: string | null;
    /** Lower case. Of a lead always there. */
    readonly email: string | null;
    readonly phone: string | null;
  };
  readonly account: {
    /** Of a deal always there. */
    readonly name: string | null;
    /** Lower case. */
    readonly domain: string | null;
  };
  /** What it is worth, as far as known. */
  readonly worth: Money | null;
  /** A day, `2026-05-31`. */
  readonly expectedCloseOn: string | null;
  readonly note: string | null;
  /** Answers to the pipeline's fields by key, not checked yet. */
  readonly answers: Readonly<Record<string, unknown>>;
}
