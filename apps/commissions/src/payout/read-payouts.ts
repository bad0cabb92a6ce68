import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import type { Id } from '#kernel';
import { loadPayout, loadPayouts, type Payout, type PayoutFilter, type PayoutState } from './payout.js';
import { loadPayoutBatch, loadPayoutBatches, type PayoutBatch } from './payout-batch.js';
import { loadPayoutLines, type PayoutLine } from './payout-lines.js';

/** Lists are newest first and hold one more than the page shows; lines are in order of their commissions. */
@Injectable()
export class ReadPayouts {
  constructor(private readonly database: Database) {}

  batches(companyId: Id<'Company'>, query: PageQuery): Promise<PayoutBatch[]> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      loadPayoutBatches(tx, companyId, pageFrom(query)),
    );
  }

  /** @throws NotFound */
  batch(companyId: Id<'Company'>, payoutBatchId: Id<'PayoutBatch'>): Promise<PayoutBatch> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      loadPayoutBatch(tx, companyId, payoutBatchId),
    );
  }

  ofCompany(filter: PayoutFilter, query: PageQuery): Promise<Payout[]> {
    return this.database.transaction(companyScope(filter.companyId), (tx) =>
      loadPayouts(tx, filter, pageFrom(query)),
    );
  }

  /** @throws NotFound */
  one(companyId: Id<'Company'>, payoutId: Id<'Payout'>): Promise<Payout> {
    return this.database.transaction(companyScope(companyId), (tx) => loadPayout(tx, companyId, payoutId));
  }

  /** @throws NotFound */
  lines(companyId: Id<'Company'>, payoutId: Id<'Payout'>, query: PageQuery): Promise<PayoutLine[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await loadPayout(tx, companyId, payoutId);
      return loadPayoutLines(tx, companyId, payoutId, pageFrom(query));
    });
  }

  ofPartner(
    { companyId, partnershipId, scope }: PartnershipOfPartner,
    state: PayoutState | null,
    query: PageQuery,
  ): Promise<Payout[]> {
    const filter = { companyId, partnershipId, payoutBatchId: null, state };
    return this.database.transaction(scope, (tx) => loadPayouts(tx, filter, pageFrom(query)));
  }

  /** @throws NotFound when it is not this partner's */
  oneOfPartner({ companyId, scope }: PartnershipOfPartner, payoutId: Id<'Payout'>): Promise<Payout> {
    return this.database.transaction(scope, (tx) => loadPayout(tx, companyId, payoutId));
  }

  /** @throws NotFound when it is not this partner's */
  linesOfPartner(
    { companyId, scope }: PartnershipOfPartner,
    payoutId: Id<'Payout'>,
    query: PageQuery,
  ): Promise<PayoutLine[]> {
    return this.database.transaction(scope, async (tx) => {
      await loadPayout(tx, companyId, payoutId);
      return loadPayoutLines(tx, companyId, payoutId, pageFrom(query));
    });
  }
}

const pageFrom = (query: PageQuery) => ({ after: cursorId(query), limit: query.limit + 1 });
