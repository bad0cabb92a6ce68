import { ApiProperty } from '@nestjs/swagger';
import { SUBJECT_KINDS, type SubjectKind } from '#contracts';
import { PageType } from '#http';
import { publicId } from '#kernel';
import { ExplanationDto, showReason } from '../explanation.dto.js';
import type { ReferralOutcome } from './list-outcomes.js';

export class OutcomeDto {
  @ApiProperty({
    example: 'dec_01h455vb4pex5vsknk084sn02q',
    description: 'Quote it when you ask the company',
  })
  decisionId!: string;

  @ApiProperty({ enum: SUBJECT_KINDS })
  action!: SubjectKind;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({ enum: ['click', 'code', 'lead', 'deal'], description: 'What of yours was considered' })
  kind!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Your discount code' })
  code!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'clk_01h455vb4pex5vsknk084sn02q',
    description: 'Your click',
  })
  clickId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'lnk_01h455vb4pex5vsknk084sn02q',
    description: 'Your link',
  })
  linkId!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  clickedAt!: string | null;

  @ApiProperty()
  reason!: ExplanationDto;
}

export class OutcomePage extends PageType(OutcomeDto) {}

export function showOutcome(outcome: ReferralOutcome): OutcomeDto {
  return {
    decisionId: publicId('Decision', outcome.decisionId),
    action: outcome.actionKind,
    occurredAt: outcome.actionAt.toISOString(),
    kind: outcome.kind,
    code: outcome.code,
    clickId: outcome.click && publicId('Click', outcome.click.clickId),
    linkId: outcome.click && publicId('Link', outcome.click.linkId),
    clickedAt: outcome.click?.clickedAt.toISOString() ?? null,
    reason: showReason(outcome.reason),
  };
}
