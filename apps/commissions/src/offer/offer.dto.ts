import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsISO8601, IsObject, IsString, Length, Matches } from 'class-validator';
import { IfGiven, PageType } from '#http';
import { publicId } from '#kernel';
import {
  DEFAULT_HOLD_DAYS,
  describeOffer,
  DURATION_ANCHORS,
  OFFER_TRIGGERS,
  offerRuleJson,
  type OfferRuleJson,
  type OfferTrigger,
  type OfferVersion,
  REWARD_BASES,
} from '#rules';
import { currentVersion, type Offer } from './offer.js';

export class PercentRewardDto {
  @ApiProperty({ enum: ['percent'] })
  kind!: 'percent';

  @ApiProperty({
    minimum: 1,
    maximum: 10_000,
    example: 2000,
    description: 'Hundredths of a percent: 2000 is 20 %',
  })
  basisPoints!: number;

  @ApiPropertyOptional({
    enum: REWARD_BASES,
    default: 'gross',
    description: 'What the percentage is taken of',
  })
  base?: (typeof REWARD_BASES)[number];
}

export class FlatRewardDto {
  @ApiProperty({ enum: ['flat'] })
  kind!: 'flat';

  @ApiProperty({ minimum: 1, example: 1500, description: 'Minor units' })
  amount!: number;

  @ApiProperty({ example: 'EUR' })
  currency!: string;
}

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
  anchor?: (typeof DURATION_ANCHORS)[number];
}

export class MinimumOrderDto {
  @ApiProperty({ minimum: 1, description: 'Minor units' })
  amount!: number;

  @ApiProperty({ example: 'EUR' })
  currency!: string;
}

/** The shape of a rule for the API documentation; `parseOfferRule` checks it field by field. */
@ApiExtraModels(PercentRewardDto, FlatRewardDto)
export class OfferRuleDto {
  @ApiProperty({ enum: OFFER_TRIGGERS })
  trigger!: OfferTrigger;

  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(PercentRewardDto) }, { $ref: getSchemaPath(FlatRewardDto) }] })
  reward!: PercentRewardDto | FlatRewardDto;

  @ApiPropertyOptional({ type: OfferDurationDto, description: 'Left out: unlimited' })
  duration?: OfferDurationDto;

  @ApiPropertyOptional({ type: MinimumOrderDto, nullable: true, description: 'The least one order must be' })
  minimumOrder?: MinimumOrderDto | null;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: 365,
    default: DEFAULT_HOLD_DAYS,
    description: 'Calendar days from fulfilment (else payment) until a commission is payable',
  })
  holdDays?: number;
}

export class ReviseOfferBody {
  @ApiProperty({ type: OfferRuleDto })
  @IsObject({ message: 'must be an object with trigger, reward, duration, minimumOrder, holdDays' })
  rule!: object;

  @ApiPropertyOptional({ format: 'date-time', description: 'Left out: now' })
  @IfGiven()
  @IsISO8601({ strict: true }, { message: 'must be an ISO 8601 time such as "2026-06-01T00:00:00Z"' })
  @Matches(/T.*(Z|[+-]\d\d:\d\d)$/, { message: 'must name its time zone, such as "2026-06-01T00:00:00Z"' })
  effectiveFrom?: string;
}

export class CreateOfferBody extends ReviseOfferBody {
  @ApiProperty({ maxLength: 200, example: '20 % in the first year' })
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { message: 'must not be blank' })
  name!: string;
}

export class OfferVersionDto {
  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  effectiveFrom!: string;

  @ApiProperty({ description: 'The rule in words, made from the rule' })
  text!: string;

  @ApiProperty({ type: OfferRuleDto })
  rule!: OfferRuleJson;
}

export class OfferDto {
  @ApiProperty({ example: 'ofr_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  programId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: OfferVersionDto, nullable: true, description: 'In force now; null before the first' })
  current!: OfferVersionDto | null;

  @ApiProperty({ type: [OfferVersionDto], description: 'Oldest first; never changed' })
  versions!: OfferVersionDto[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class OfferPage extends PageType(OfferDto) {}

export function showOffer(offer: Offer, now: Date): OfferDto {
  const current = currentVersion(offer, now);
  return {
    id: publicId('Offer', offer.offerId),
    programId: publicId('Program', offer.programId),
    name: offer.name,
    current: current && showVersion(current),
    versions: offer.versions.map(showVersion),
    createdAt: offer.createdAt.toISOString(),
  };
}

function showVersion({ version, effectiveFrom, rule }: OfferVersion): OfferVersionDto {
  return {
    version,
    effectiveFrom: effectiveFrom.toISOString(),
    text: describeOffer(rule),
    rule: offerRuleJson(rule),
  };
}
