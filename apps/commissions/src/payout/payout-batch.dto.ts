import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { IfGiven, MoneyDto, PageType } from '#http';
import { moneyJson, moneyText, publicId, safeAmountJson } from '#kernel';
import type { PayoutState } from './payout.js';
import type { PayoutBatch } from './payout-batch.js';

export class CreatePayoutBatchBody {
  @ApiProperty({ example: 'EUR', description: 'A batch pays one currency' })
  @IsString()
  currency!: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    default: 1,
    example: 5000,
    description: 'The least payable balance that is paid out, in minor units; smaller ones wait',
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  threshold?: number;

  @ApiPropertyOptional({
    example: 'prg_01h455vb4pex5vsknk084sn02q',
    description: 'All programs when left out',
  })
  @IfGiven()
  @IsString()
  programId?: string;
}

export class PayoutTotalDto {
  @ApiProperty()
  payouts!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Minor units; null beyond 2^53 - 1, where `text` still has it',
  })
  amount!: number | null;

  @ApiProperty({ example: '1,999.00 EUR' })
  text!: string;
}

export class PayoutTotalsDto {
  @ApiProperty({ type: PayoutTotalDto })
  open!: PayoutTotalDto;

  @ApiProperty({ type: PayoutTotalDto })
  paid!: PayoutTotalDto;

  @ApiProperty({ type: PayoutTotalDto })
  cancelled!: PayoutTotalDto;
}

export class PayoutBatchDto {
  @ApiProperty({ example: 'pbt_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null for all programs' })
  programId!: string | null;

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({ type: MoneyDto })
  threshold!: MoneyDto;

  @ApiProperty({ type: PayoutTotalsDto, description: 'What became of its payouts so far' })
  totals!: PayoutTotalsDto;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class PayoutBatchPage extends PageType(PayoutBatchDto) {}

export function showPayoutBatch(batch: PayoutBatch): PayoutBatchDto {
  const { programId, currency } = batch;
  const totalOf = (state: PayoutState): PayoutTotalDto => {
    const { payouts, amount } = batch.totals[state];
    return { payouts, amount: safeAmountJson(amount), text: moneyText(amount, currency) };
  };
  return {
    id: publicId('PayoutBatch', batch.payoutBatchId),
    programId: programId && publicId('Program', programId),
    currency,
    threshold: moneyJson(batch.threshold, currency),
    totals: { open: totalOf('open'), paid: totalOf('paid'), cancelled: totalOf('cancelled') },
    createdAt: batch.createdAt.toISOString(),
  };
}
