import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import { Clock, type Id } from '#kernel';
import { currentVersion, loadOffer, loadOffers, type Offer, requireProgram } from './offer.js';

@Injectable()
export class ReadOffers {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

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

  /** The offers by which a partner earns now (B-33): none unless the partnership is approved. */
  currentOf(partnership: PartnershipOfPartner): Promise<Offer[]> {
    if (partnership.state !== 'approved') return Promise.resolve([]);
    const { companyId, programId, scope } = partnership;
    return this.database.transaction(scope, async (tx) => {
      const offers = await loadOffers(tx, companyId, programId, { after: null, limit: MOST_OFFERS });
      return offers.filter((offer) => currentVersion(offer, this.clock.now()));
    });
  }
}

/** More offers in one program than a person could weigh. */
const MOST_OFFERS = 250;
