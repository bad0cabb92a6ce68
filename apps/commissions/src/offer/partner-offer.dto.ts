import { ApiProperty } from '@nestjs/swagger';
import type { PartnershipState } from '#http';
import { publicId } from '#kernel';
import { describeOffer, OFFER_TRIGGERS, type OfferTrigger } from '#rules';
import { currentVersion, type Offer } from './offer.js';

export class PartnerOfferDto {
  @ApiProperty({ example: 'ofr_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: OFFER_TRIGGERS })
  trigger!: OfferTrigger;

  @ApiProperty({
    description: 'What it pays and under which restrictions; made from the rule that is enforced',
    example:
      'Earn 20% of what the customer pays without tax on each order of a customer you referred. Earn …',
  })
  text!: string;

  @ApiProperty({ format: 'date-time' })
  since!: string;
}

export class PartnerOfferList {
  @ApiProperty({ type: [PartnerOfferDto] })
  data!: PartnerOfferDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Why there are none, when there are none' })
  notice!: string | null;
}

const NONE: Readonly<Record<PartnershipState, string>> = {
  approved: 'This program has no offers at the moment. Ask the company in Messages what it plans.',
  pending: 'You see the offers of this program once the company has approved your application.',
  declined: 'You see no offers because the company declined your application.',
  left: 'You see no offers because you left this program. What you earned before stays yours.',
  removed:
    'You see no offers because the company ended your partnership. What you earned before stays yours.',
};

export function showPartnerOffers(
  offers: readonly Offer[],
  state: PartnershipState,
  now: Date,
): PartnerOfferList {
  const data = offers.flatMap((offer) => {
    const version = currentVersion(offer, now);
    if (!version) return [];
    return [
      {
        id: publicId('Offer', offer.offerId),
        name: offer.name,
        trigger: version.rule.trigger,
        text: describeOffer(version.rule),
        since: version.effectiveFrom.toISOString(),
      },
    ];
  });
  return { data, notice: data.length === 0 ? NONE[state] : null };
}
