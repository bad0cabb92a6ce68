import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import { asCurrency, type Currency, type Id } from '#kernel';
import { type Commission, type CommissionFilter, loadCommission, loadCommissions } from './commission.js';
import type { CommissionState } from './commission-state.js';
import { type CommissionTrail, loadTrail } from './commission-trail.js';

/** What is owed to a partner in one currency. */
export interface Balance {
  readonly currency: Currency;
  readonly held: bigint;
  readonly payable: bigint;
  /** On its way to the partner. */
  readonly inPayout: bigint;
  readonly paidOut: bigint;
}

interface BalanceRow {
  readonly currency: string;
  readonly held: string;
  readonly payable: string;
  readonly in_payout: string;
  readonly paid_out: string;
}

@Injectable()
export class ReadCommissions {
  constructor(private readonly database: Database) {}

  /** Newest first: one more than the page shows. */
  ofCompany(filter: CommissionFilter, query: PageQuery): Promise<Commission[]> {
    return this.#page(filter, query, 'newest first');
  }

  /** Those that wait for the company's approval, oldest first: one more than the page shows. */
  inReview(filter: Omit<CommissionFilter, 'state'>, query: PageQuery): Promise<Commission[]> {
    return this.#page({ ...filter, state: 'in_review' }, query, 'oldest first');
  }

  #page(
    filter: CommissionFilter,
    query: PageQuery,
    order: 'newest first' | 'oldest first',
  ): Promise<Commission[]> {
    return loadCommissions(this.database.statements(companyScope(filter.companyId)), filter, {
      after: cursorId(query),
      limit: query.limit + 1,
      order,
    });
  }

  /** @throws NotFound */
  oneOfCompany(
    companyId: Id<'Company'>,
    commissionId: Id<'Commission'>,
  ): Promise<{ commission: Commission; trail: CommissionTrail }> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const commission = await loadCommission(tx, { companyId, partnershipId: null }, commissionId);
      return { commission, trail: await loadTrail(tx, companyId, commission) };
    });
  }

  /** Newest first: one more than the page shows. */
  ofPartner(
    { companyId, programId, partnershipId, scope }: PartnershipOfPartner,
    state: CommissionState | null,
    query: PageQuery,
  ): Promise<Commission[]> {
    return loadCommissions(
      this.database.statements(scope),
      { companyId, programId, partnershipId, state },
      { after: cursorId(query), limit: query.limit + 1, order: 'newest first' },
    );
  }

  /** @throws NotFound when it is not this partner's */
  oneOfPartner(
    { companyId, partnershipId, scope }: PartnershipOfPartner,
    commissionId: Id<'Commission'>,
  ): Promise<{ commission: Commission; trail: CommissionTrail }> {
    return this.database.transaction(scope, async (tx) => {
      const commission = await loadCommission(tx, { companyId, partnershipId }, commissionId);
      return { commission, trail: await loadTrail(tx, companyId, commission) };
    });
  }

  /** What the company owes the partner, by currency. */
  balanceOf({ companyId, partnershipId, scope }: PartnershipOfPartner): Promise<Balance[]> {
    return this.database.transaction(scope, async (tx) => {
      const rows = await tx.query<BalanceRow>(
        `select currency, sum(held) as held, sum(payable) as payable, sum(in_payout) as in_payout,
           sum(paid_out) as paid_out
         from commissions.commission
         where company_id = $1 and partnership_id = $2 group by currency order by currency`,
        [companyId, partnershipId],
      );
      return rows.map((row) => ({
        currency: asCurrency(row.currency),
        held: BigInt(row.held),
        payable: BigInt(row.payable),
        inPayout: BigInt(row.in_payout),
        paidOut: BigInt(row.paid_out),
      }));
    });
  }
}
