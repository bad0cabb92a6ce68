/** Amounts owed to a partner for one commission, as the ledger has posted them. */
export interface Owed {
  /** Earned, waiting for the hold to end. */
  readonly held: bigint;
  readonly payable: bigint;
}

export const LEDGER_ACCOUNTS = ['company_expense', 'partner_held', 'partner_payable'] as const;
/** The company's cost, and what it owes the partner now or after the hold. */
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

/** One line of a posting group: positive is owed to the account's owner. A group's lines sum to zero. */
export interface PostingLine {
  readonly account: LedgerAccount;
  readonly amount: bigint;
}

/** Where a target amount belongs: under hold, or payable once that is over. */
export function owedFor(target: bigint, hold: 'running' | 'over'): Owed {
  return hold === 'over' ? { held: 0n, payable: target } : { held: target, payable: 0n };
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
