import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { DELETION_REASONS, type DeletionReason } from '#contracts';

/** Why something is taken away from a partner, who will read it; extended by the bodies of such requests. */
export class DeletionBody {
  @ApiProperty({ enum: DELETION_REASONS, description: 'Shown to the partner' })
  @IsIn(DELETION_REASONS)
  reason!: DeletionReason;

  @ApiPropertyOptional({ maxLength: 1000, description: 'Shown to the partner; the reason OTHER needs it' })
  @ValidateIf((body: DeletionBody) => body.reason === 'OTHER' || body.note !== undefined)
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  note?: string;
}
