import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery } from '#http';
import type { Id } from '#kernel';
import { loadOffer, loadOffers, type Offer, requireProgram } from './offer.js';
import { loadOverrides, type PartnerReward } from './override.js';

@Injectable()
export class ReadOffers {
  constructor(private readonly database: Database) {}

  /** A program's offers, newest first: one more than the page shows. @throws NotFound */
  ofProgram(companyId: Id<'Company'>, programId: Id<'Program'>, query: PageQuery): Promise<Offer[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await requireProgram(tx, companyId, programId);
      return loadOffers(tx, companyId, programId, { after: cursorId(query), limit: query.limit + 1 });
    });
  }

  /** @throws NotFound */
  one(companyId: Id<'Company'>, offerId: Id<'Offer'>): Promise<Offer> {
    return this.database.transaction(companyScope(companyId), (tx) => loadOffer(tx, companyId, offerId));
  }

  /** Rewards of single partners, newest first: one more than the page shows. @throws NotFound */
  overridesOf(companyId: Id<'Company'>, offerId: Id<'Offer'>, query: PageQuery): Promise<PartnerReward[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await loadOffer(tx, companyId, offerId);
      const page = { after: cursorId(query), limit: query.limit + 1 };
      return loadOverrides(tx, companyId, offerId, page);
    });
  }
}
