import { ApiProperty } from '@nestjs/swagger';
import { DELETION_REASONS, type DeletionReason } from '#contracts';
import { type CommissionRuling, DELETION_EXTENTS, type DeletionExtent } from '#rules';

export class CommissionRulingDto {
  @ApiProperty({ enum: ['approved', 'declined', 'deleted'] })
  kind!: CommissionRuling['kind'];

  @ApiProperty({
    enum: DELETION_EXTENTS,
    nullable: true,
    description: 'What was deleted: the commission, what it is about, or the customer',
  })
  extent!: DeletionExtent | null;

  @ApiProperty({ enum: DELETION_REASONS, nullable: true, description: 'Null when approved' })
  reason!: DeletionReason | null;

  @ApiProperty({ type: String, nullable: true, description: "The company's own words" })
  note!: string | null;

  @ApiProperty({ format: 'date-time' })
  ruledAt!: string;
}

export function showRuling(ruling: CommissionRuling, ruledAt: Date) {
  return {
    kind: ruling.kind,
    extent: ruling.kind === 'deleted' ? ruling.extent : null,
    reason: ruling.kind === 'approved' ? null : ruling.reason,
    note: ruling.note,
    ruledAt: ruledAt.toISOString(),
  };
}
