import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  NotEquals,
  ValidateNested,
} from 'class-validator';

export class AdjustmentAmountBody {
  @ApiProperty({ type: 'integer', example: -500, description: 'Minor units; negative takes. Not 0' })
  @IsInt()
  @NotEquals(0, { message: 'must not be 0' })
  @Min(Number.MIN_SAFE_INTEGER)
  @Max(Number.MAX_SAFE_INTEGER)
  amount!: number;

  @ApiProperty({ example: 'EUR' })
  @IsString()
  currency!: string;
}

export class AdjustBalanceBody {
  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  partnershipId!: string;

  @ApiProperty({ type: AdjustmentAmountBody })
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => AdjustmentAmountBody)
  amount!: AdjustmentAmountBody;

  @ApiProperty({ maxLength: 1000, description: 'Shown to the partner', example: 'Bonus for May' })
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  reason!: string;
}
