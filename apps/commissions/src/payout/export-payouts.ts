import { pipeline, Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { companyScope, Database, type Transaction } from '#database';
import { decimalText, type Id, publicId } from '#kernel';
import { loadPayouts, type Payout } from './payout.js';
import { loadPayoutBatch } from './payout-batch.js';

const PAYOUTS_AT_ONCE = 1_000;

/** Whom to pay how much, as a spreadsheet or a payment service takes it. */
interface ExportedPayout {
  readonly payout_id: string;
  readonly partner_id: string;
  readonly partner_name: string;
  readonly partner_email: string;
  readonly program_id: string;
  readonly amount: string;
  readonly currency: string;
  readonly state: string;
  readonly external_reference: string;
  readonly created_at: string;
}

/**
 * Writes a batch as CSV, page by page, so that its size does not matter. Cells that a spreadsheet would run
 * as formulas are escaped.
 */
@Injectable()
export class ExportPayouts {
  constructor(private readonly database: Database) {}

  /** @throws NotFound before anything is written */
  async execute(companyId: Id<'Company'>, payoutBatchId: Id<'PayoutBatch'>): Promise<Readable> {
    await this.database.transaction(companyScope(companyId), (tx) =>
      loadPayoutBatch(tx, companyId, payoutBatchId),
    );
    const csv = stringify({ header: true, columns: COLUMNS, escape_formulas: true });
    // A failure half-way destroys the file's stream with its error, so that the download breaks off.
    return pipeline(Readable.from(this.#rows(companyId, payoutBatchId)), csv, () => undefined);
  }

  async *#rows(companyId: Id<'Company'>, payoutBatchId: Id<'PayoutBatch'>): AsyncGenerator<ExportedPayout> {
    let page: ExportPage = { rows: [], next: null };
    do {
      page = await this.#page(companyId, payoutBatchId, page.next);
      yield* page.rows;
    } while (page.next !== null);
  }

  #page(
    companyId: Id<'Company'>,
    payoutBatchId: Id<'PayoutBatch'>,
    after: string | null,
  ): Promise<ExportPage> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const filter = { companyId, payoutBatchId, partnershipId: null, state: null };
      const payouts = await loadPayouts(tx, filter, { after, limit: PAYOUTS_AT_ONCE });
      const payees = await readPayees(tx, payouts);
      const last = payouts.length === PAYOUTS_AT_ONCE ? payouts.at(-1) : undefined;
      return {
        rows: payouts.map((payout) => exported(payout, payees.get(payout.partnerId))),
        next: last?.payoutId ?? null,
      };
    });
  }
}

interface ExportPage {
  readonly rows: readonly ExportedPayout[];
  /** The last payout of a full page: there may be more. */
  readonly next: Id<'Payout'> | null;
}

interface Payee {
  readonly partner_id: string;
  readonly name: string;
  readonly email: string;
}

/** A list of ids, not a join: a security-barrier view takes a list down to its index. */
async function readPayees(tx: Transaction, payouts: readonly Payout[]): Promise<Map<string, Payee>> {
  const rows = await tx.query<Payee>(
    'select partner_id, name, email from access.published_partner where partner_id = any($1::uuid[])',
    [[...new Set(payouts.map(({ partnerId }) => partnerId))]],
  );
  return new Map(rows.map((row) => [row.partner_id, row]));
}

function exported(payout: Payout, payee: Payee | undefined): ExportedPayout {
  return {
    payout_id: publicId('Payout', payout.payoutId),
    partner_id: publicId('Partner', payout.partnerId),
    partner_name: payee?.name ?? '',
    partner_email: payee?.email ?? '',
    program_id: publicId('Program', payout.programId),
    amount: decimalText(payout.amount, payout.currency),
    currency: payout.currency,
    state: payout.state,
    external_reference: payout.externalReference ?? '',
    created_at: payout.createdAt.toISOString(),
  };
}

const COLUMNS: readonly (keyof ExportedPayout)[] = [
  'payout_id',
  'partner_id',
  'partner_name',
  'partner_email',
  'program_id',
  'amount',
  'currency',
  'state',
  'external_reference',
  'created_at',
];
