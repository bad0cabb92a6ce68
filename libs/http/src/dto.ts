import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';

/**
 * The field may be left out, but not be null (`@IsOptional()` would let null through): for every optional field
 * whose type does not say `| null`.
 */
export const IfGiven = (): PropertyDecorator =>
  ValidateIf((_body: unknown, value: unknown) => value !== undefined);

/** Money as every route shows it; made by `moneyJson` of the kernel. */
export class MoneyDto {
  @ApiProperty({ description: 'Minor units', example: 1999 })
  amount!: number;

  @ApiProperty({ example: 'EUR' })
  currency!: string;
}
