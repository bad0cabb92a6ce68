import { ApiProperty } from '@nestjs/swagger';
import { PartnershipDto, PartnershipGroupDto, showGroupOf, showPartnership } from './partnership.dto.js';
import type { PartnershipHistory } from './read-partnership.js';

export class PartnershipPeriodDto {
  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null: it lasts' })
  endedAt!: string | null;

  @ApiProperty({ enum: ['left', 'removed'], nullable: true })
  end!: 'left' | 'removed' | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

export class AcceptedTermsDto {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  acceptedAt!: string;

  @ApiProperty({ description: 'Network address that it came from' })
  address!: string;

  @ApiProperty({ type: String, nullable: true })
  userAgent!: string | null;
}

export class PartnershipHistoryDto extends PartnershipDto {
  @ApiProperty({ type: [PartnershipPeriodDto], description: 'When the partner was a member, oldest first' })
  periods!: PartnershipPeriodDto[];

  @ApiProperty({
    type: [PartnershipGroupDto],
    description: 'Oldest first; the last may be planned for later',
  })
  groups!: PartnershipGroupDto[];

  @ApiProperty({ type: [AcceptedTermsDto], description: 'Newest first' })
  acceptedTerms!: AcceptedTermsDto[];
}

export function showHistory(history: PartnershipHistory): PartnershipHistoryDto {
  return Object.assign(showPartnership(history), {
    periods: history.periods.map(({ startedAt, endedAt, endKind, endReason }) => ({
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      end: endKind,
      reason: endReason,
    })),
    groups: history.groups.map(showGroupOf),
    acceptedTerms: history.acceptedTerms.map(({ acceptedAt, ...acceptance }) => ({
      ...acceptance,
      acceptedAt: acceptedAt.toISOString(),
    })),
  });
}
