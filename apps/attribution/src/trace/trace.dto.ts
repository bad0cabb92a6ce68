import { ApiProperty } from '@nestjs/swagger';
import { MoneyDto } from '#http';
import { ATTRIBUTION_METHODS, SUBJECT_KINDS } from '#contracts';
import { PRECEDENCE_METHODS } from '#rules';
import { CANDIDATE_KINDS } from '../candidate-kinds.js';
import { CAUSES } from '../decision/decisions.js';
import { ExplanationDto } from '../explanation.dto.js';

const PARTIES = ['you', 'another_partner'] as const;

export class TraceClickDto {
  @ApiProperty({ example: 'clk_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'lnk_01h455vb4pex5vsknk084sn02q' })
  linkId!: string;

  @ApiProperty({ format: 'date-time' })
  clickedAt!: string;
}

export class TraceCandidateDto {
  @ApiProperty({ description: 'In the order judged; 1 is the strongest' })
  position!: number;

  @ApiProperty({
    enum: CANDIDATE_KINDS,
    description: 'binding: whom the customer already belonged to; manual: whom the company named',
  })
  kind!: string;

  @ApiProperty({ enum: PARTIES })
  partner!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Of your own discount codes only' })
  code!: string | null;

  @ApiProperty({ type: TraceClickDto, nullable: true, description: 'Of your own clicks only' })
  click!: TraceClickDto | null;

  @ApiProperty()
  reason!: ExplanationDto;
}

export class TraceRevisionDto {
  @ApiProperty()
  revision!: number;

  @ApiProperty({ format: 'date-time' })
  decidedAt!: string;

  @ApiProperty({
    enum: CAUSES,
    description:
      'late_fact, late_click: something older came later; cancellation: the order that bound the customer was ' +
      'cancelled; referral: the lead or deal was closed anew; company: the company decided by hand',
  })
  cause!: string;

  @ApiProperty({ type: String, nullable: true, description: 'What the company said when it decided by hand' })
  note!: string | null;

  @ApiProperty({ enum: PARTIES, nullable: true, description: 'Null: nobody' })
  winner!: string | null;

  @ApiProperty({ enum: ATTRIBUTION_METHODS, nullable: true })
  method!: string | null;

  @ApiProperty()
  reason!: ExplanationDto;

  @ApiProperty({ type: [TraceCandidateDto] })
  candidates!: TraceCandidateDto[];
}

export class TraceEvaluationDto {
  @ApiProperty({ example: 'ofr_01h455vb4pex5vsknk084sn02q' })
  offerId!: string;

  @ApiProperty()
  offerVersion!: number;

  @ApiProperty({ description: 'Counts the evaluations of this offer: each new fact makes another' })
  evaluationNo!: number;

  @ApiProperty()
  isQualified!: boolean;

  @ApiProperty({ description: 'What the offer pays by all facts known' })
  target!: MoneyDto;

  @ApiProperty({ type: [Object], description: 'Each condition with its value, and whether it held' })
  conditions!: unknown;

  @ApiProperty({ format: 'date-time' })
  evaluatedAt!: string;
}

export class TraceCommissionDto {
  @ApiProperty({ example: 'com_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'ofr_01h455vb4pex5vsknk084sn02q' })
  offerId!: string;

  @ApiProperty({ example: 'held' })
  state!: string;

  @ApiProperty()
  amount!: MoneyDto;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  heldUntil!: string | null;
}

export class TraceActionDto {
  @ApiProperty({ example: 'dec_01h455vb4pex5vsknk084sn02q' })
  decisionId!: string;

  @ApiProperty({ enum: SUBJECT_KINDS })
  action!: string;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The company's number of the order; null unless fulfilled and yours",
  })
  orderKey!: string | null;

  @ApiProperty({
    enum: PRECEDENCE_METHODS,
    isArray: true,
    description: 'What went before what at that time; the first match wins',
  })
  precedence!: string[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the order was cancelled before it was fulfilled',
  })
  cancelledAt!: string | null;

  @ApiProperty({ type: [TraceRevisionDto] })
  revisions!: TraceRevisionDto[];

  @ApiProperty({ type: [TraceEvaluationDto] })
  evaluations!: TraceEvaluationDto[];

  @ApiProperty({ type: [TraceCommissionDto] })
  commissions!: TraceCommissionDto[];
}

export class TraceDto {
  @ApiProperty({ type: [TraceActionDto], description: 'Newest first' })
  actions!: TraceActionDto[];
}
