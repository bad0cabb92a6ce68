import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, Length } from 'class-validator';
import { DELETION_REASONS, type DeletionReason } from '#contracts';
import { DeletionBody, IfGiven } from '#http';
import { publicId } from '#kernel';
import {
  COMMISSION_STATES,
  type CommissionState,
  REVERSAL_REASONS,
  type ReversalReason,
} from '../commission/commission-state.js';
import type { RulingResult } from './rule-on-commissions.js';

const IDS: ApiPropertyOptions = {
  type: 'array',
  items: { type: 'string', example: 'com_01h455vb4pex5vsknk084sn02q' },
  minItems: 1,
  maxItems: 100,
};

export class ApproveCommissionsBody {
  @ApiProperty(IDS)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  commissionIds!: string[];

  @ApiPropertyOptional({ maxLength: 1000, description: 'Shown to the partner' })
  @IfGiven()
  @IsString()
  @Length(1, 1000)
  note?: string;
}

/** For declining and for deleting. */
export class RefuseCommissionsBody extends DeletionBody {
  @ApiProperty(IDS)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  commissionIds!: string[];
}

export class DeleteOrderBody extends DeletionBody {
  @ApiProperty({ example: 'A-1001', description: "The company's key of the order" })
  @IsString()
  @Length(1, 200)
  orderKey!: string;
}

export class DeletedOrderDto {
  @ApiProperty()
  orderKey!: string;

  @ApiProperty({ enum: DELETION_REASONS })
  reason!: DeletionReason;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
}

export class RulingProblemDto {
  @ApiProperty({ example: 'commission.not_in_review', description: 'Stable, for machines' })
  code!: string;

  @ApiProperty()
  detail!: string;
}

export class RulingResultDto {
  @ApiProperty()
  commissionId!: string;

  @ApiProperty({ enum: COMMISSION_STATES, nullable: true, description: 'How it stands now' })
  state!: CommissionState | null;

  @ApiProperty({
    enum: REVERSAL_REASONS,
    nullable: true,
    description: 'Why nothing of it is owed, such as `REFUNDED`: also what was approved may come to nothing',
  })
  reversalReason!: ReversalReason | null;

  @ApiProperty({ type: RulingProblemDto, nullable: true, description: 'Null when it was done' })
  problem!: RulingProblemDto | null;
}

export class RulingResultsDto {
  @ApiProperty({ type: [RulingResultDto], description: 'One per id, in their order' })
  results!: RulingResultDto[];
}

export function showRulingResults(results: readonly RulingResult[]): RulingResultsDto {
  return {
    results: results.map(({ commissionId, state, reversalReason, problem }) => ({
      commissionId: publicId('Commission', commissionId),
      state,
      reversalReason,
      problem: problem && { ...problem },
    })),
  };
}
