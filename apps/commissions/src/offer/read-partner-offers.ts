import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { PartnershipOfPartner } from '#http';
import { Clock, type Id } from '#kernel';
import { isForPartner, type OfferRule, stackingInForce, type StackingPolicy, withOverride } from '#rules';
import { readOfferBook } from '../judging/read-offer-book.js';
import { loadStacking } from '../stacking/stacking.js';
import { backDatedText, currentVersion, loadOffers } from './offer.js';

/** An offer as one partner has it now. */
export interface PartnerOffer {
  readonly offerId: Id<'Offer'>;
  readonly name: string;
  /** With the partner's own reward in it, if they have one. */
  readonly rule: OfferRule;
  readonly reward: 'own' | 'offer';
  readonly since: Date;
  /** What it does not pay for, where it was made after it took effect. */
  readonly notice: string | null;
}

export interface PartnerOffers {
  readonly offers: readonly PartnerOffer[];
  readonly stacking: StackingPolicy;
}

/** Reads the offers by which a partner earns now (B-33): none unless the partnership is approved. */
@Injectable()
export class ReadPartnerOffers {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  execute(partnership: PartnershipOfPartner): Promise<PartnerOffers> {
    if (partnership.state !== 'approved') return Promise.resolve({ offers: [], stacking: 'all' });
    const { companyId, programId, partnershipId, scope } = partnership;
    return this.database.transaction(scope, async (tx) => {
      const now = this.clock.now();
      const all = await loadOffers(tx, companyId, programId, { after: null, limit: MOST_OFFERS });
      const book = await readOfferBook(tx, [partnership]);
      const groupId = book.groupId(partnership, now);
      const offers = all.flatMap(({ offerId, name, ...offer }): PartnerOffer[] => {
        const version = currentVersion({ offerId, name, ...offer }, now);
        if (
          !version ||
          !isForPartner(version.rule, { partnershipId, groupId }) ||
          hasEnded(version.rule, now)
        ) {
          return [];
        }
        const override = book.override(partnership, offerId, now);
        return [
          {
            offerId,
            name,
            rule: withOverride(version.rule, override),
            reward: override ? 'own' : 'offer',
            since:
              override && override.since > version.effectiveFrom ? override.since : version.effectiveFrom,
            notice: backDatedText(offer),
          },
        ];
      });
      const stacking = stackingInForce(await loadStacking(tx, companyId, programId), now);
      return { offers, stacking };
    });
  }
}

const hasEnded = ({ endsAt }: OfferRule, now: Date): boolean => endsAt !== null && endsAt <= now;

/** More offers in one program than a person could weigh. */
const MOST_OFFERS = 250;
