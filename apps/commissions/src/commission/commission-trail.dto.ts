import { ApiProperty } from '@nestjs/swagger';
import { MoneyDto } from '#http';
import { type Currency, moneyJson, publicId } from '#kernel';
import {
  type Condition,
  CONDITION_CODES,
  type ConditionCode,
  EVALUATION_OUTCOMES,
  type EvaluationOutcome,
  LEDGER_ACCOUNTS,
  type LedgerAccount,
  wouldQualifyIf,
} from '#rules';
import type { Commission } from './commission.js';
import {
  CommissionDto,
  PartnerCommissionDto,
  showCommission,
  showPartnerCommission,
} from './commission.dto.js';
import { CommissionRulingDto, showRuling } from './commission-ruling.dto.js';
import type { CommissionTrail } from './commission-trail.js';

export class ConditionDto implements Condition {
  @ApiProperty({ enum: CONDITION_CODES })
  code!: ConditionCode;

  @ApiProperty({ example: 'an order of at least 50.00 EUR' })
  required!: string;

  @ApiProperty({ example: '49.99 EUR' })
  actual!: string;

  @ApiProperty()
  passed!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'it had been an order of at least 50.00 EUR' })
  wouldPassIf!: string | null;
}

export class CommissionEvaluationDto {
  @ApiProperty({ example: 'evl_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  evaluationNo!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Null for an adjustment by hand' })
  offerVersion!: number | null;

  @ApiProperty({ enum: EVALUATION_OUTCOMES })
  outcome!: EvaluationOutcome;

  @ApiProperty({ type: [ConditionDto] })
  conditions!: ConditionDto[];

  @ApiProperty({ type: String, nullable: true })
  wouldQualifyIf!: string | null;

  @ApiProperty({
    type: MoneyDto,
    description: 'What the ledger had to show from then on; currency XXX for a percentage of a signup',
  })
  target!: MoneyDto;

  @ApiProperty({ format: 'date-time' })
  evaluatedAt!: string;
}

export class PostingDto {
  @ApiProperty({ enum: LEDGER_ACCOUNTS })
  account!: LedgerAccount;

  @ApiProperty({ type: MoneyDto, description: 'Positive: owed to the owner of the account' })
  amount!: MoneyDto;
}

export class PostingGroupDto {
  @ApiProperty({ example: 'pgr_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'REFUNDED' })
  reason!: string;

  @ApiProperty({ type: [PostingDto], description: 'Sums to zero' })
  postings!: PostingDto[];

  @ApiProperty({ format: 'date-time' })
  postedAt!: string;
}

export class PartnerCommissionDetailDto extends PartnerCommissionDto {
  @ApiProperty({ type: [CommissionEvaluationDto], description: 'Oldest first' })
  evaluations!: CommissionEvaluationDto[];

  @ApiProperty({ type: [CommissionRulingDto], description: 'What the company said of it, oldest first' })
  rulings!: CommissionRulingDto[];

  @ApiProperty({ type: [PostingGroupDto], description: 'Oldest first; never changed, only added to' })
  postingGroups!: PostingGroupDto[];
}

export class TrailRulingDto extends CommissionRulingDto {
  @ApiProperty({ example: 'company:key_01h455vb4pex5vsknk084sn02q' })
  actor!: string;
}

export class CommissionDetailDto extends CommissionDto {
  @ApiProperty({ type: [CommissionEvaluationDto], description: 'Oldest first' })
  evaluations!: CommissionEvaluationDto[];

  @ApiProperty({ type: [TrailRulingDto], description: 'Who said what of it, oldest first' })
  rulings!: TrailRulingDto[];

  @ApiProperty({ type: [PostingGroupDto], description: 'Oldest first; never changed, only added to' })
  postingGroups!: PostingGroupDto[];
}

export function showPartnerCommissionDetail(
  commission: Commission,
  trail: CommissionTrail,
): PartnerCommissionDetailDto {
  return {
    ...showPartnerCommission(commission),
    ...showTrail(trail, commission.currency),
    rulings: trail.rulings.map(({ ruling, ruledAt }) => showRuling(ruling, ruledAt)),
  };
}

export function showCommissionDetail(commission: Commission, trail: CommissionTrail): CommissionDetailDto {
  return {
    ...showCommission(commission),
    ...showTrail(trail, commission.currency),
    rulings: trail.rulings.map(({ ruling, actor, ruledAt }) => ({ ...showRuling(ruling, ruledAt), actor })),
  };
}

function showTrail(trail: CommissionTrail, currency: Currency) {
  return {
    evaluations: trail.evaluations.map((evaluation) => ({
      id: publicId('Evaluation', evaluation.evaluationId),
      evaluationNo: evaluation.evaluationNo,
      offerVersion: evaluation.offerVersion,
      outcome: evaluation.outcome,
      conditions: [...evaluation.conditions],
      wouldQualifyIf: wouldQualifyIf(evaluation.conditions),
      target: moneyJson(evaluation.targetAmount, currency),
      evaluatedAt: evaluation.evaluatedAt.toISOString(),
    })),
    postingGroups: trail.postingGroups.map((group) => ({
      id: publicId('PostingGroup', group.postingGroupId),
      reason: group.reason,
      postings: group.lines.map(({ account, amount }) => ({ account, amount: moneyJson(amount, currency) })),
      postedAt: group.postedAt.toISOString(),
    })),
  };
}
