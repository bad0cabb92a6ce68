import type { SqlValue, Transaction } from '#database';
import { asCurrency, asId, type Currency, type Id, NotFound } from '#kernel';

export const PAYOUT_STATES = ['open', 'paid', 'cancelled'] as const;
/** An open payout is on its way to the partner; it ends paid, or cancelled and its amount payable again. */
export type PayoutState = (typeof PAYOUT_STATES)[number];

/** What one partner is paid at once in one currency for one program. */
export interface Payout {
  readonly payoutId: Id<'Payout'>;
  readonly payoutBatchId: Id<'PayoutBatch'>;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly state: PayoutState;
  /** How the company's bank or payment service names it; null unless paid. */
  readonly externalReference: string | null;
  readonly cancelReason: string | null;
  readonly createdAt: Date;
  /** When it was marked paid or cancelled. */
  readonly closedAt: Date | null;
}

/** Which payouts of a company; null leaves a filter out. */
export interface PayoutFilter {
  readonly companyId: Id<'Company'>;
  readonly payoutBatchId: Id<'PayoutBatch'> | null;
  readonly partnershipId: Id<'Partnership'> | null;
  readonly state: PayoutState | null;
}

const PAYOUTS = `
  select payout_id, payout_batch_id, program_id, partnership_id, partner_id, currency, amount, state,
    external_reference, cancel_reason, created_at, closed_at
  from commissions.payout`;

/** Newest first, after a cursor; at most `limit`. */
export async function loadPayouts(
  tx: Transaction,
  filter: PayoutFilter,
  page: { readonly after: string | null; readonly limit: number },
): Promise<Payout[]> {
  const conditions = ['company_id = $1'];
  const values: SqlValue[] = [filter.companyId];
  const where = (condition: string, value: SqlValue) => {
    if (value === null) return;
    values.push(value);
    conditions.push(`${condition} $${values.length}`);
  };
  where('payout_batch_id =', filter.payoutBatchId);
  where('partnership_id =', filter.partnershipId);
  where('state =', filter.state);
  where('payout_id <', page.after);
  const rows = await tx.query<PayoutRow>(
    `${PAYOUTS} where ${conditions.join(' and ')} order by payout_id desc limit $${values.length + 1}`,
    [...values, page.limit],
  );
  return rows.map(payoutOf);
}

/** @throws NotFound also when it is another partnership's than the transaction is bound to */
export async function loadPayout(
  tx: Transaction,
  companyId: Id<'Company'>,
  payoutId: Id<'Payout'>,
): Promise<Payout> {
  const [row] = await tx.query<PayoutRow>(`${PAYOUTS} where company_id = $1 and payout_id = $2`, [
    companyId,
    payoutId,
  ]);
  if (!row) throw new NotFound('payout');
  return payoutOf(row);
}

/** Locks the payouts of a batch that are open, or one payout if it is. */
export async function lockOpenPayouts(
  tx: Transaction,
  companyId: Id<'Company'>,
  of: { readonly payoutId: Id<'Payout'> } | { readonly payoutBatchId: Id<'PayoutBatch'> },
): Promise<Payout[]> {
  const [column, id] = 'payoutId' in of ? ['payout_id', of.payoutId] : ['payout_batch_id', of.payoutBatchId];
  const rows = await tx.query<PayoutRow>(
    `${PAYOUTS} where company_id = $1 and ${column} = $2 and state = 'open' order by payout_id for update`,
    [companyId, id],
  );
  return rows.map(payoutOf);
}

interface PayoutRow {
  readonly payout_id: string;
  readonly payout_batch_id: string;
  readonly program_id: string;
  readonly partnership_id: string;
  readonly partner_id: string;
  readonly currency: string;
  readonly amount: string;
  readonly state: PayoutState;
  readonly external_reference: string | null;
  readonly cancel_reason: string | null;
  readonly created_at: string;
  readonly closed_at: string | null;
}

function payoutOf(row: PayoutRow): Payout {
  return {
    payoutId: asId('Payout', row.payout_id),
    payoutBatchId: asId('PayoutBatch', row.payout_batch_id),
    programId: asId('Program', row.program_id),
    partnershipId: asId('Partnership', row.partnership_id),
    partnerId: asId('Partner', row.partner_id),
    currency: asCurrency(row.currency),
    amount: BigInt(row.amount),
    state: row.state,
    externalReference: row.external_reference,
    cancelReason: row.cancel_reason,
    createdAt: new Date(row.created_at),
    closedAt: row.closed_at === null ? null : new Date(row.closed_at),
  };
}
