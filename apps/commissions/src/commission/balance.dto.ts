import { ApiProperty } from '@nestjs/swagger';
import { moneyText, safeAmountJson } from '#kernel';
import type { Balance } from './read-commissions.js';

/** Sums of many amounts may grow beyond what a JSON number holds exactly; as text they never do. */
const beyond = 'minor units; null beyond 2^53 - 1, where `text` still has it';

class BalanceTextDto {
  @ApiProperty({ example: '20.00 EUR' })
  held!: string;

  @ApiProperty({ example: '1,999.00 EUR' })
  payable!: string;

  @ApiProperty({ example: '0.00 EUR' })
  inPayout!: string;

  @ApiProperty({ example: '300.00 EUR' })
  paidOut!: string;
}

export class BalanceDto {
  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: `Earned, waiting for the hold to end; ${beyond}`,
  })
  held!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: `What the next payout takes, below zero when a reversal came after a payout; ${beyond}`,
  })
  payable!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: `In payouts that are on their way; ${beyond}`,
  })
  inPayout!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: `Paid so far; ${beyond}` })
  paidOut!: number | null;

  @ApiProperty({ type: BalanceTextDto, description: 'The same to read, always exact' })
  text!: BalanceTextDto;
}

export class BalanceList {
  @ApiProperty({ type: [BalanceDto], description: 'One per currency; empty before the first commission' })
  data!: BalanceDto[];
}

export function showBalance({ currency, held, payable, inPayout, paidOut }: Balance): BalanceDto {
  return {
    currency,
    held: safeAmountJson(held),
    payable: safeAmountJson(payable),
    inPayout: safeAmountJson(inPayout),
    paidOut: safeAmountJson(paidOut),
    text: {
      held: moneyText(held, currency),
      payable: moneyText(payable, currency),
      inPayout: moneyText(inPayout, currency),
      paidOut: moneyText(paidOut, currency),
    },
  };
}
