import { ApiExtraModels, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  DEFAULT_HOLD_DAYS,
  DURATION_ANCHORS,
  type DurationAnchor,
  OFFER_TRIGGERS,
  type OfferTrigger,
  type Period,
  PERIODS,
  REVIEW_MODES,
  type ReviewMode,
} from '#rules';
import { REWARD_MODELS, REWARD_SCHEMA, type RewardDto } from './reward.dto.js';

export class OfferDurationDto {
  @ApiProperty({ enum: ['months', 'unlimited'] })
  kind!: 'months' | 'unlimited';

  @ApiPropertyOptional({
    minimum: 1,
    maximum: 1200,
    description: 'Calendar months, half-open; with kind "months"',
  })
  months?: number;

  @ApiPropertyOptional({ enum: DURATION_ANCHORS, default: 'first_payment' })
  anchor?: DurationAnchor;
}

export class OfferAmountDto {
  @ApiProperty({ minimum: 1, description: 'Minor units' })
  amount!: number;

  @ApiProperty({ example: 'EUR' })
  currency!: string;
}

export class OfferProductsDto {
  @ApiPropertyOptional({ type: [String], example: ['desk-01'] })
  products?: string[];

  @ApiPropertyOptional({ type: [String], example: ['furniture'] })
  categories?: string[];
}

export class CustomerCapDto {
  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 1, description: 'Only the first so many' })
  count?: number | null;

  @ApiPropertyOptional({ type: OfferAmountDto, nullable: true, description: 'At most so much' })
  amount?: OfferAmountDto | null;
}

export class BudgetDto extends OfferAmountDto {
  @ApiProperty({ enum: PERIODS, description: "A calendar period in the program's zone" })
  period!: Period;
}

export class AudienceDto {
  @ApiProperty({ enum: ['everyone', 'groups', 'partnerships'] })
  kind!: 'everyone' | 'groups' | 'partnerships';

  @ApiPropertyOptional({ type: [String], description: 'With kind "groups"' })
  groupIds?: string[];

  @ApiPropertyOptional({ type: [String], description: 'With kind "partnerships"' })
  partnershipIds?: string[];
}

/** The shape of a rule for the API documentation; `parseOfferRule` checks it field by field. */
@ApiExtraModels(...REWARD_MODELS)
export class OfferRuleDto {
  @ApiProperty({ enum: OFFER_TRIGGERS })
  trigger!: OfferTrigger;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Its name; with trigger "action"' })
  action?: string | null;

  @ApiProperty(REWARD_SCHEMA)
  reward!: RewardDto;

  @ApiPropertyOptional({ type: OfferDurationDto, description: 'Left out: unlimited' })
  duration?: OfferDurationDto;

  @ApiPropertyOptional({ type: OfferAmountDto, nullable: true, description: 'The least one order must be' })
  minimumOrder?: OfferAmountDto | null;

  @ApiPropertyOptional({ type: OfferProductsDto, nullable: true, description: 'Only these count' })
  products?: OfferProductsDto | null;

  @ApiPropertyOptional({
    type: OfferAmountDto,
    nullable: true,
    description: 'One commission is at least this',
  })
  minimumCommission?: OfferAmountDto | null;

  @ApiPropertyOptional({
    type: OfferAmountDto,
    nullable: true,
    description: 'One commission is at most this',
  })
  maximumCommission?: OfferAmountDto | null;

  @ApiPropertyOptional({ type: CustomerCapDto, nullable: true, description: 'What one customer can earn' })
  customerCap?: CustomerCapDto | null;

  @ApiPropertyOptional({ type: BudgetDto, nullable: true, description: 'For each partner' })
  partnerBudget?: BudgetDto | null;

  @ApiPropertyOptional({ type: BudgetDto, nullable: true, description: 'For all partners together' })
  programBudget?: BudgetDto | null;

  @ApiPropertyOptional({ type: AudienceDto, description: 'Left out: everyone' })
  audience?: AudienceDto;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'What happens from then on earns nothing',
  })
  endsAt?: string | null;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: 365,
    default: DEFAULT_HOLD_DAYS,
    description: 'Calendar days from fulfilment (else payment) until a commission is payable',
  })
  holdDays?: number;

  @ApiPropertyOptional({ enum: REVIEW_MODES, default: 'automatic' })
  review?: ReviewMode;
}
