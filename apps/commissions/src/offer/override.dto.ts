import { ApiExtraModels, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDefined, IsString, ValidateIf } from 'class-validator';
import { IfGiven, IsTime, PageType } from '#http';
import { publicId } from '#kernel';
import { rewardJson, type RewardJson } from '#rules';
import type { PartnerReward } from './override.js';
import { REWARD_MODELS, REWARD_SCHEMA } from './reward.dto.js';

@ApiExtraModels(...REWARD_MODELS)
export class CreateOverrideBody {
  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  partnershipId!: string;

  @ApiProperty({ ...REWARD_SCHEMA, nullable: true, description: "Null: the offer's own again" })
  @ValidateIf((body: CreateOverrideBody) => body.reward !== null)
  @IsDefined({ message: "must be a reward, or null for the offer's own" })
  reward!: object | null;

  @ApiPropertyOptional({ format: 'date-time', description: 'Left out: now' })
  @IfGiven()
  @IsTime()
  effectiveFrom?: string;
}

@ApiExtraModels(...REWARD_MODELS)
export class OverrideDto {
  @ApiProperty({ example: 'ovr_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  offerId!: string;

  @ApiProperty()
  partnershipId!: string;

  @ApiProperty({ format: 'date-time' })
  effectiveFrom!: string;

  @ApiProperty({ ...REWARD_SCHEMA, nullable: true, description: "Null: the offer's own again" })
  reward!: RewardJson | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class OverridePage extends PageType(OverrideDto) {}

export function showOverride(override: PartnerReward): OverrideDto {
  return {
    id: publicId('Override', override.overrideId),
    offerId: publicId('Offer', override.offerId),
    partnershipId: publicId('Partnership', override.partnershipId),
    effectiveFrom: override.effectiveFrom.toISOString(),
    reward: override.reward && rewardJson(override.reward),
    createdAt: override.createdAt.toISOString(),
  };
}
