import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Currency, type Id, newId } from '#kernel';
import { requireProgram } from '../offer/offer.js';
import { NothingToPay } from './errors.js';
import { loadPayoutBatch, type PayoutBatch } from './payout-batch.js';
import { takePayable } from './take-payable.js';

export interface PayoutBatchDraft {
  /** Null for all programs. */
  readonly programId: Id<'Program'> | null;
  readonly currency: Currency;
  readonly threshold: bigint;
}

const PARTNERSHIPS_AT_ONCE = 20;

/**
 * Takes every payable balance of a currency that reaches the threshold into a payout of its partner. What is
 * taken is payable no more, so a second batch, also at the same moment, takes only what is left.
 */
@Injectable()
export class CreatePayoutBatch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound when the company has no such program, NothingToPay */
  execute(
    company: CompanyPrincipal,
    draft: PayoutBatchDraft,
    request: IdempotentRequest,
  ): Promise<PayoutBatch> {
    const { companyId } = company;
    const { programId, currency, threshold } = draft;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      if (programId) await requireProgram(tx, companyId, programId);
      await waitForOtherBatches(tx, companyId);
      const batch = {
        companyId,
        payoutBatchId: newId('PayoutBatch'),
        currency,
        threshold,
        at: this.clock.now(),
      };
      await tx.query(
        `insert into commissions.payout_batch
           (company_id, payout_batch_id, program_id, currency, threshold, actor, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          companyId,
          batch.payoutBatchId,
          programId,
          currency,
          threshold.toString(),
          actorOf(company),
          batch.at,
        ],
      );
      const partnerships = await findPayable(tx, companyId, draft);
      let payouts = 0;
      for (let start = 0; start < partnerships.length; start += PARTNERSHIPS_AT_ONCE) {
        payouts += await takePayable(tx, batch, partnerships.slice(start, start + PARTNERSHIPS_AT_ONCE));
      }
      if (payouts === 0) throw new NothingToPay(threshold, currency);
      return loadPayoutBatch(tx, companyId, batch.payoutBatchId);
    });
  }
}

/** Two batches of a company would lock the same commissions in different orders. */
async function waitForOtherBatches(tx: Transaction, companyId: Id<'Company'>): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`payouts of ${companyId}`]);
}

async function findPayable(
  tx: Transaction,
  companyId: Id<'Company'>,
  { programId, currency, threshold }: PayoutBatchDraft,
): Promise<string[]> {
  const rows = await tx.query<{ partnership_id: string }>(
    `select partnership_id from commissions.commission
     where company_id = $1 and currency = $2 and payable <> 0 and ($3::uuid is null or program_id = $3)
     group by partnership_id having sum(payable) >= $4 order by partnership_id`,
    [companyId, currency, programId, threshold.toString()],
  );
  return rows.map((row) => row.partnership_id);
}
