import { ApiProperty } from '@nestjs/swagger';
import { explain, type ReasonCode, type ReasonClass, REASONS } from '#rules';

/** A reason code with what it means (docs/reason-codes.md). */
export class ExplanationDto {
  @ApiProperty({ enum: Object.keys(REASONS), example: 'OTHER_PARTNER_LAST_CLICK' })
  code!: string;

  @ApiProperty({
    enum: ['NOT_TRACKED', 'COMPANY_ACTION_NEEDED'],
    nullable: true,
    description: 'Null when the partner was credited',
  })
  class!: ReasonClass | null;

  @ApiProperty({ example: 'A later click of another partner was credited: the last click wins.' })
  sentence!: string;
}

/** What is stored was written by the rules, so it is one of their codes. */
export function showReason(code: string): ExplanationDto {
  return { ...explain(code as ReasonCode) };
}
