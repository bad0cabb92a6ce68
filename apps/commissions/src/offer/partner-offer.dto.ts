import { ApiProperty } from '@nestjs/swagger';
import type { PartnershipState } from '#http';
import { publicId } from '#kernel';
import {
  describeOffer,
  OFFER_TRIGGERS,
  type OfferTrigger,
  STACKING_POLICIES,
  type StackingPolicy,
} from '#rules';
import type { PartnerOffers } from './read-partner-offers.js';

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

  @ApiProperty({ enum: ['own', 'offer'], description: '`own`: the company gave you a reward of your own' })
  reward!: 'own' | 'offer';

  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What an offer that was made after `since` does not pay for',
  })
  notice!: string | null;
}

export class PartnerStackingDto {
  @ApiProperty({ enum: STACKING_POLICIES })
  policy!: StackingPolicy;

  @ApiProperty({ description: 'The policy in words' })
  text!: string;
}

export class PartnerOfferList {
  @ApiProperty({ type: [PartnerOfferDto] })
  data!: PartnerOfferDto[];

  @ApiProperty({
    type: PartnerStackingDto,
    description: 'What happens when several offers pay for one thing',
  })
  stacking!: PartnerStackingDto;

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

const STACKING: Readonly<Record<StackingPolicy, string>> = {
  all: 'When several offers pay for the same order, signup, lead, deal or action, all of them pay.',
  best: 'When several offers pay for the same order, signup, lead, deal or action, only the one that pays most does.',
};

export function showPartnerOffers(
  { offers, stacking }: PartnerOffers,
  state: PartnershipState,
): PartnerOfferList {
  const data = offers.map(({ offerId, name, rule, reward, since, notice }) => ({
    id: publicId('Offer', offerId),
    name,
    trigger: rule.trigger,
    text: describeOffer(rule),
    reward,
    since: since.toISOString(),
    notice,
  }));
  return {
    data,
    stacking: { policy: stacking, text: STACKING[stacking] },
    notice: data.length === 0 ? NONE[state] : null,
  };
}
