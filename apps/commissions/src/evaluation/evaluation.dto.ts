import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { shownSubjectKey, SUBJECT_KINDS, type SubjectKind } from '#contracts';
import { IfGiven, PageQuery, PageType } from '#http';
import { moneyJson, publicId } from '#kernel';
import { EVALUATION_OUTCOMES, type EvaluationOutcome, wouldQualifyIf } from '#rules';
import { CommissionEvaluationDto } from '../commission/commission-trail.dto.js';
import type { StoredEvaluation } from './list-evaluations.js';

export class EvaluationsQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Key of an order, action or customer who signed up, or id of a lead or deal',
  })
  @IfGiven()
  @IsString()
  @Length(1, 200)
  subjectKey?: string;

  @ApiPropertyOptional({ enum: EVALUATION_OUTCOMES })
  @IfGiven()
  @IsIn(EVALUATION_OUTCOMES)
  outcome?: EvaluationOutcome;
}

export class EvaluationSubjectDto {
  @ApiProperty({ enum: SUBJECT_KINDS })
  kind!: SubjectKind;

  @ApiProperty()
  key!: string;
}

export class EvaluationDto extends CommissionEvaluationDto {
  @ApiProperty({ type: EvaluationSubjectDto })
  subject!: EvaluationSubjectDto;

  @ApiProperty()
  programId!: string;

  @ApiProperty()
  partnershipId!: string;

  @ApiProperty()
  offerId!: string;
}

export class EvaluationPage extends PageType(EvaluationDto) {}

export function showEvaluation(evaluation: StoredEvaluation): EvaluationDto {
  return {
    id: publicId('Evaluation', evaluation.evaluationId),
    subject: {
      kind: evaluation.subjectKind,
      key: shownSubjectKey(evaluation.subjectKind, evaluation.subjectKey),
    },
    programId: publicId('Program', evaluation.programId),
    partnershipId: publicId('Partnership', evaluation.partnershipId),
    offerId: publicId('Offer', evaluation.offerId),
    offerVersion: evaluation.offerVersion,
    evaluationNo: evaluation.evaluationNo,
    outcome: evaluation.outcome,
    conditions: [...evaluation.conditions],
    wouldQualifyIf: wouldQualifyIf(evaluation.conditions),
    target: moneyJson(evaluation.targetAmount, evaluation.currency),
    evaluatedAt: evaluation.evaluatedAt.toISOString(),
  };
}
