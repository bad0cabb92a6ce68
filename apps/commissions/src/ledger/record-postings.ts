import { insertRows, type Transaction } from '#database';
import { newId } from '#kernel';
import type { PostingLine } from '#rules';

export const POSTING_CAUSES = [
  'evaluation',
  'release',
  'payout_taken',
  'payout_paid',
  'payout_returned',
] as const;
/** What made the ledger change: a judgement, the end of a hold, or a step of a payout. */
export type PostingCause = (typeof POSTING_CAUSES)[number];

/** One posting group to write; without lines it is not written. */
export interface NewPostingGroup {
  readonly company_id: string;
  readonly commission_id: string;
  readonly partnership_id: string;
  readonly evaluation_no: number;
  readonly cause: PostingCause;
  /** The payout that moved it; not given for other causes. */
  readonly payout_id?: string;
  /** Why it was posted, as a code. */
  readonly reason: string;
  readonly currency: string;
  readonly lines: readonly PostingLine[];
}

/**
 * Appends to the double-entry ledger; nothing in it is ever changed. The database refuses a group that does
 * not sum to zero, a second one for the same cause (an evaluation of a commission, or a payout of it), and a
 * commit so late that the month it was posted in may be closed.
 * @param at read from the clock within the transaction
 */
export async function recordPostings(
  tx: Transaction,
  groups: readonly NewPostingGroup[],
  at: string,
): Promise<void> {
  const written = groups
    .filter(({ lines }) => lines.length > 0)
    .map(({ lines, ...group }) => ({
      group: { ...group, posting_group_id: newId('PostingGroup'), posted_at: at },
      lines,
    }));
  await insertRows(
    tx,
    'commissions.posting_group',
    POSTING_GROUP,
    written.map(({ group }) => group),
  );
  const postings = written.flatMap(({ group, lines }) =>
    lines.map(({ account, amount }) => ({
      company_id: group.company_id,
      posting_group_id: group.posting_group_id,
      account,
      currency: group.currency,
      amount: amount.toString(),
      partnership_id: group.partnership_id,
    })),
  );
  await insertRows(tx, 'commissions.posting', POSTING, postings);
}

const POSTING_GROUP = {
  company_id: 'uuid',
  posting_group_id: 'uuid',
  commission_id: 'uuid',
  partnership_id: 'uuid',
  evaluation_no: 'int',
  cause: 'text',
  payout_id: 'uuid',
  reason: 'text',
  posted_at: 'timestamptz',
} as const;

const POSTING = {
  company_id: 'uuid',
  posting_group_id: 'uuid',
  account: 'text',
  currency: 'text',
  amount: 'bigint',
  partnership_id: 'uuid',
} as const;
