import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { type Period, PERIODS, REWARD_BASES, type RewardBase, TIER_MEASURES, type TierMeasure } from '#rules';

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
    description: 'What the percentage is taken of; `net_of_tax_and_shipping` where the rule names products',
  })
  base?: RewardBase;
}

export class FlatRewardDto {
  @ApiProperty({ enum: ['flat'] })
  kind!: 'flat';

  @ApiProperty({ minimum: 1, example: 1500, description: 'Minor units' })
  amount!: number;

  @ApiProperty({ example: 'EUR' })
  currency!: string;
}

const PLAIN_REWARDS = [{ $ref: getSchemaPath(PercentRewardDto) }, { $ref: getSchemaPath(FlatRewardDto) }];

export class TierStepDto {
  @ApiProperty({ minimum: 0, description: 'How many, or how much in minor units, went before in the period' })
  after!: number;

  @ApiProperty({ oneOf: PLAIN_REWARDS, description: 'Of one kind in all steps' })
  reward!: PercentRewardDto | FlatRewardDto;
}

@ApiExtraModels(PercentRewardDto, FlatRewardDto)
export class TieredRewardDto {
  @ApiProperty({ enum: ['tiers'] })
  kind!: 'tiers';

  @ApiProperty({ enum: TIER_MEASURES })
  measure!: TierMeasure;

  @ApiProperty({ enum: PERIODS, description: "A calendar period in the program's zone" })
  period!: Period;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'EUR', description: 'Of a volume' })
  currency?: string | null;

  @ApiProperty({ type: [TierStepDto], minItems: 2, description: 'Ascending; the first after 0' })
  steps!: TierStepDto[];
}

export class LineRateDto {
  @ApiPropertyOptional({ type: [String], example: ['desk-01'] })
  products?: string[];

  @ApiPropertyOptional({ type: [String], example: ['furniture'] })
  categories?: string[];

  @ApiProperty({ minimum: 0, maximum: 10_000, example: 1000 })
  basisPoints!: number;
}

export class LineRewardDto {
  @ApiProperty({ enum: ['lines'] })
  kind!: 'lines';

  @ApiProperty({ type: [LineRateDto], description: 'The rate of a product goes before that of its category' })
  rates!: LineRateDto[];

  @ApiPropertyOptional({ minimum: 0, maximum: 10_000, default: 0, description: 'For every other line' })
  otherBasisPoints?: number;
}

export type RewardDto = PercentRewardDto | FlatRewardDto | TieredRewardDto | LineRewardDto;

/** A reward in the API documentation; its holder declares the models with `ApiExtraModels`. */
export const REWARD_MODELS = [PercentRewardDto, FlatRewardDto, TieredRewardDto, LineRewardDto] as const;
export const REWARD_SCHEMA = { oneOf: REWARD_MODELS.map((model) => ({ $ref: getSchemaPath(model) })) };
