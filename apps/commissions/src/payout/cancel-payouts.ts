import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import { closePayouts } from './close-payouts.js';
import { PayoutIsClosed } from './errors.js';
import { loadPayout, lockOpenPayouts, type Payout } from './payout.js';
import { loadPayoutBatch, type PayoutBatch } from './payout-batch.js';

/** Gives amounts back that will not be paid: of one payout, or of all of a batch that are still open. */
@Injectable()
export class CancelPayouts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, PayoutIsClosed */
  one(
    company: CompanyPrincipal,
    payoutId: Id<'Payout'>,
    reason: string,
    request: IdempotentRequest,
  ): Promise<Payout> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      await loadPayout(tx, companyId, payoutId);
      await this.#cancel(tx, company, { payoutId }, reason);
      return loadPayout(tx, companyId, payoutId);
    });
  }

  /** @throws NotFound, PayoutIsClosed when none of the batch is open */
  batch(
    company: CompanyPrincipal,
    payoutBatchId: Id<'PayoutBatch'>,
    reason: string,
    request: IdempotentRequest,
  ): Promise<PayoutBatch> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      await loadPayoutBatch(tx, companyId, payoutBatchId);
      await this.#cancel(tx, company, { payoutBatchId }, reason);
      return loadPayoutBatch(tx, companyId, payoutBatchId);
    });
  }

  async #cancel(
    tx: Transaction,
    company: CompanyPrincipal,
    of: Parameters<typeof lockOpenPayouts>[2],
    reason: string,
  ): Promise<void> {
    const payouts = await lockOpenPayouts(tx, company.companyId, of);
    if (payouts.length === 0) throw new PayoutIsClosed();
    const signed = { actor: actorOf(company), at: this.clock.now() };
    await closePayouts(tx, company.companyId, payouts, { state: 'cancelled', reason }, signed);
  }
}
