import { Injectable } from '@nestjs/common';
import { type NewEvent, Publisher } from '#bus';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { amountJson, Clock, type Id } from '#kernel';
import { closePayouts } from './close-payouts.js';
import { PayoutIsClosed } from './errors.js';
import { loadPayout, lockOpenPayouts, type Payout } from './payout.js';
import { loadPayoutBatch, type PayoutBatch } from './payout-batch.js';

/** Records that the company has paid: one payout, or all of a batch that are still open. */
@Injectable()
export class PayPayouts {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, PayoutIsClosed */
  one(
    company: CompanyPrincipal,
    payoutId: Id<'Payout'>,
    externalReference: string,
    request: IdempotentRequest,
  ): Promise<Payout> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      await loadPayout(tx, companyId, payoutId);
      await this.#pay(tx, company, { payoutId }, externalReference);
      return loadPayout(tx, companyId, payoutId);
    });
  }

  /** @throws NotFound, PayoutIsClosed when none of the batch is open */
  batch(
    company: CompanyPrincipal,
    payoutBatchId: Id<'PayoutBatch'>,
    externalReference: string,
    request: IdempotentRequest,
  ): Promise<PayoutBatch> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      await loadPayoutBatch(tx, companyId, payoutBatchId);
      await this.#pay(tx, company, { payoutBatchId }, externalReference);
      return loadPayoutBatch(tx, companyId, payoutBatchId);
    });
  }

  async #pay(
    tx: Transaction,
    company: CompanyPrincipal,
    of: Parameters<typeof lockOpenPayouts>[2],
    externalReference: string,
  ): Promise<void> {
    const payouts = await lockOpenPayouts(tx, company.companyId, of);
    if (payouts.length === 0) throw new PayoutIsClosed();
    const at = this.clock.now();
    const ending = { state: 'paid', externalReference } as const;
    await closePayouts(tx, company.companyId, payouts, ending, { actor: actorOf(company), at });
    await this.publisher.publish(
      tx,
      payouts.map((payout) => eventOf(company, payout, externalReference, at)),
    );
  }
}

function eventOf(
  { companyId }: CompanyPrincipal,
  { payoutId, partnershipId, partnerId, programId, currency, amount }: Payout,
  externalReference: string,
  at: Date,
): NewEvent {
  return {
    type: 'payout.paid',
    companyId,
    occurredAt: at,
    data: {
      payoutId,
      partnershipId,
      partnerId,
      programId,
      currency,
      amount: amountJson(amount),
      externalReference,
    },
  };
}
