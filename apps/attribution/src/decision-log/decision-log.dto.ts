import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { ATTRIBUTION_METHODS, shownSubjectKey, SUBJECT_KINDS } from '#contracts';
import { IfGiven, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import { CANDIDATE_KINDS } from '../candidate-kinds.js';
import { CAUSES } from '../decision/decisions.js';
import { ExplanationDto, showReason } from '../explanation.dto.js';
import type { LoggedCandidate, LoggedDecision } from './read-decisions.js';

export class DecisionsQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Only what was decided about this order, action, lead or deal, or this customer signing up',
  })
  @IfGiven()
  @IsString()
  @Length(1, 500)
  subjectKey?: string;
}

export class DecisionWinnerDto {
  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ enum: ATTRIBUTION_METHODS })
  method!: string;
}

export class DecisionDto {
  @ApiProperty({ example: 'dec_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ description: 'Counts up when something older that came late changed the decision' })
  revision!: number;

  @ApiProperty({ enum: SUBJECT_KINDS })
  subjectKind!: string;

  @ApiProperty({
    description:
      'Your key of the order or action, or of the customer who signed up; the id of a lead or deal',
  })
  subjectKey!: string;

  @ApiProperty({ example: 'cus_01h455vb4pex5vsknk084sn02q' })
  customerId!: string;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The click id that your platform sent' })
  presentedClickId!: string | null;

  @ApiProperty({ type: [String], description: 'The discount codes that your platform sent, in lower case' })
  presentedCodes!: string[];

  @ApiProperty({ type: DecisionWinnerDto, nullable: true })
  winner!: DecisionWinnerDto | null;

  @ApiProperty()
  reason!: ExplanationDto;

  @ApiProperty({ enum: CAUSES })
  cause!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What you gave as the reason when you said by hand whose the customer is',
  })
  note!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the order was cancelled, had it not been fulfilled',
  })
  cancelledAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  decidedAt!: string;
}

export class DecisionPage extends PageType(DecisionDto) {}

export class DecisionCandidateDto {
  @ApiProperty({ description: 'In the order judged; 1 is the strongest' })
  position!: number;

  @ApiProperty({
    enum: CANDIDATE_KINDS,
    description: 'binding: whom the customer already belonged to; manual: whom you named',
  })
  kind!: string;

  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The discount code' })
  code!: string | null;

  @ApiProperty({ type: String, nullable: true })
  clickId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  linkId!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  clickedAt!: string | null;

  @ApiProperty()
  reason!: ExplanationDto;
}

export class DecisionRevisionDto extends DecisionDto {
  @ApiProperty({ type: [DecisionCandidateDto] })
  candidates!: DecisionCandidateDto[];
}

export class DecisionHistoryDto {
  @ApiProperty({ example: 'dec_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ type: [DecisionRevisionDto], description: 'The last one stands' })
  revisions!: DecisionRevisionDto[];
}

export function showDecision(row: LoggedDecision): DecisionDto {
  const { partnership_id: partnershipId, program_id: programId, method } = row;
  return {
    id: publicId('Decision', row.decision_id),
    revision: row.revision,
    subjectKind: row.subject_kind,
    subjectKey: shownSubjectKey(row.subject_kind, row.subject_key),
    customerId: publicId('Customer', row.customer_id),
    occurredAt: new Date(row.occurred_at).toISOString(),
    presentedClickId: row.presented_click_id && publicId('Click', row.presented_click_id),
    presentedCodes: [...(row.codes ?? [])],
    winner:
      partnershipId && programId && method
        ? {
            partnershipId: publicId('Partnership', partnershipId),
            programId: publicId('Program', programId),
            method,
          }
        : null,
    reason: showReason(row.reason),
    cause: row.cause,
    note: row.note,
    cancelledAt: row.cancelled_at === null ? null : new Date(row.cancelled_at).toISOString(),
    decidedAt: new Date(row.decided_at).toISOString(),
  };
}

export const showCandidate = (row: LoggedCandidate): DecisionCandidateDto => ({
  position: row.position,
  kind: row.kind,
  partnershipId: publicId('Partnership', row.partnership_id),
  programId: publicId('Program', row.program_id),
  code: row.code,
  clickId: row.click_id && publicId('Click', row.click_id),
  linkId: row.link_id && publicId('Link', row.link_id),
  clickedAt: row.clicked_at === null ? null : new Date(row.clicked_at).toISOString(),
  reason: showReason(row.reason),
});
