export const CONDITION_CODES = [
  'TRIGGER',
  'OFFER_END',
  'AUDIENCE',
  'OWN_REWARD',
  'DURATION',
  'MINIMUM_ORDER',
  'PRODUCTS',
  'AMOUNT_KNOWN',
  'CURRENCY',
  'TIER',
  'CUSTOMER_COUNT',
  'CUSTOMER_AMOUNT',
  'PARTNER_BUDGET',
  'PROGRAM_BUDGET',
  'BEST_OFFER',
  'CREDITED',
  'RULING',
] as const;
/**
 * Which part of an offer a condition checks; `CREDITED`: that the subject is (still) the partner's; `RULING`:
 * that the company did not decline or delete it.
 */
export type ConditionCode = (typeof CONDITION_CODES)[number];

/** One requirement of an offer against what was found. Texts name no person and no other partner. */
export interface Condition {
  readonly code: ConditionCode;
  readonly required: string;
  readonly actual: string;
  readonly passed: boolean;
  /** What would have made it pass; null when it did, or when nothing could. */
  readonly wouldPassIf: string | null;
}

export function condition(
  code: ConditionCode,
  required: string,
  actual: string,
  passed: boolean,
  wouldPassIf: string,
): Condition {
  return { code, required, actual, passed, wouldPassIf: passed ? null : wouldPassIf };
}

/** Something that decided the amount and that nobody can fail. */
export const noted = (code: ConditionCode, required: string, actual: string): Condition => ({
  code,
  required,
  actual,
  passed: true,
  wouldPassIf: null,
});

/** What would have made all conditions pass, as one sentence; null when they did or nothing could. */
export function wouldQualifyIf(conditions: readonly Condition[]): string | null {
  const missing = conditions.map(({ wouldPassIf }) => wouldPassIf).filter((text) => text !== null);
  return missing.length === 0 ? null : `It would have qualified if ${missing.join(', and ')}.`;
}
