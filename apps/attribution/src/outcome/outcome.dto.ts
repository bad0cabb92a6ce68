import { ApiProperty } from '@nestjs/swagger';
import { PageType } from '#http';
import { publicId } from '#kernel';
import { ExplanationDto, showReason } from '../explanation.dto.js';
import type { ClickOutcome } from './list-outcomes.js';

export class OutcomeDto {
  @ApiProperty({
    example: 'dec_01h455vb4pex5vsknk084sn02q',
    description: 'Quote it when you ask the company',
  })
  decisionId!: string;

  @ApiProperty({ enum: ['signup', 'order'] })
  action!: 'signup' | 'order';

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({ example: 'clk_01h455vb4pex5vsknk084sn02q', description: 'Your click' })
  clickId!: string;

  @ApiProperty({ example: 'lnk_01h455vb4pex5vsknk084sn02q', description: 'Your link' })
  linkId!: string;

  @ApiProperty({ format: 'date-time' })
  clickedAt!: string;

  @ApiProperty()
  reason!: ExplanationDto;
}

export class OutcomePage extends PageType(OutcomeDto) {}

export function showOutcome(outcome: ClickOutcome): OutcomeDto {
  return {
    decisionId: publicId('Decision', outcome.decisionId),
    action: outcome.actionKind,
    occurredAt: outcome.actionAt.toISOString(),
    clickId: publicId('Click', outcome.clickId),
    linkId: publicId('Link', outcome.linkId),
    clickedAt: outcome.clickedAt.toISOString(),
    reason: showReason(outcome.reason),
  };
}
