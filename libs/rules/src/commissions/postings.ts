/** Amounts owed to a partner for one commission, as the ledger has posted them. Negative: paid too much. */
export interface Owed {
  /** Earned, waiting for the hold to end. */
  readonly held: bigint;
  readonly payable: bigint;
}

export const LEDGER_ACCOUNTS = [
  'company_expense',
  'partner_held',
  'partner_payable',
  'partner_in_payout',
  'partner_paid_out',
] as const;
/** The company's cost; what it owes the partner after the hold or now; what it is paying and has paid. */
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

/** One line of a posting group: positive is owed to the account's owner. A group's lines sum to zero. */
export interface PostingLine {
  readonly account: LedgerAccount;
  readonly amount: bigint;
}

/**
 * Where what is left of a target amount belongs: under hold, or payable once that is over.
 * @param settled what payouts took of it already, open or paid: payable due = target − settled, below zero
 *   when a reversal came after the payout
 */
export function owedFor(target: bigint, hold: 'running' | 'over', settled: bigint): Owed {
  return hold === 'over' ? { held: 0n, payable: target - settled } : { held: target, payable: -settled };
}

/**
 * The posting rule: target − posted, per account. Empty when everything is posted already, so replays and
 * duplicates post nothing.
 */
export function postingsFor(posted: Owed, due: Owed): PostingLine[] {
  const held = due.held - posted.held;
  const payable = due.payable - posted.payable;
  const lines: readonly PostingLine[] = [
    { account: 'company_expense', amount: -(held + payable) },
    { account: 'partner_held', amount: held },
    { account: 'partner_payable', amount: payable },
  ];
  return lines.filter((line) => line.amount !== 0n);
}

const PAYOUT_STEPS = {
  taken: { from: 'partner_payable', to: 'partner_in_payout' },
  paid: { from: 'partner_in_payout', to: 'partner_paid_out' },
  returned: { from: 'partner_in_payout', to: 'partner_payable' },
} as const satisfies Record<string, { from: LedgerAccount; to: LedgerAccount }>;
/** What happens to a payable amount: a payout takes it; then it is paid, or the payout is cancelled. */
export type PayoutStep = keyof typeof PAYOUT_STEPS;

/** Moves an amount one step on; what the commission comes to is the same before and after. */
export function payoutPostings(step: PayoutStep, amount: bigint): PostingLine[] {
  const { from, to } = PAYOUT_STEPS[step];
  if (amount === 0n) return [];
  return [
    { account: from, amount: -amount },
    { account: to, amount },
  ];
}
