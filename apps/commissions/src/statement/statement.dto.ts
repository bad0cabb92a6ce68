import { ApiProperty } from '@nestjs/swagger';
import { MoneyDto, PageType } from '#http';
import { type Currency, moneyJson, moneyText, publicId, safeAmountJson } from '#kernel';
import type { Owing, Statement, StatementOfCurrency } from './statement.js';
import type { StatementLine } from './statement-lines.js';
import { STATEMENT_STATES, type StatementState } from './statement-period.js';

export class StatementSumDto {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Minor units; null beyond 2^53 - 1, where `text` still has it',
  })
  amount!: number | null;

  @ApiProperty({ example: '1,999.00 EUR' })
  text!: string;
}

export class StatementBalanceDto {
  @ApiProperty({ type: StatementSumDto, description: 'Earned, waiting for the hold to end' })
  held!: StatementSumDto;

  @ApiProperty({ type: StatementSumDto })
  payable!: StatementSumDto;

  @ApiProperty({ type: StatementSumDto, description: 'In payouts on their way' })
  inPayout!: StatementSumDto;

  @ApiProperty({ type: StatementSumDto, description: 'held + payable + inPayout' })
  total!: StatementSumDto;
}

export class StatementOfCurrencyDto {
  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({ type: StatementBalanceDto, description: 'Closing of the month before' })
  opening!: StatementBalanceDto;

  @ApiProperty({ type: StatementSumDto })
  earned!: StatementSumDto;

  @ApiProperty({ type: StatementSumDto, description: 'Taken back: refunds and other reversals' })
  reversed!: StatementSumDto;

  @ApiProperty({ type: StatementSumDto })
  paidOut!: StatementSumDto;

  @ApiProperty({ type: StatementBalanceDto, description: 'opening + earned − reversed − paidOut' })
  closing!: StatementBalanceDto;
}

export class StatementDto {
  @ApiProperty({ example: '2026-05' })
  month!: string;

  @ApiProperty({ format: 'date-time', description: "Local midnight in the program's time zone" })
  startsAt!: string;

  @ApiProperty({ format: 'date-time', description: 'First moment of the next month' })
  endsAt!: string;

  @ApiProperty({
    enum: STATEMENT_STATES,
    description:
      '`open`: more may come; `closed`: never changes again, later corrections are in later months',
  })
  state!: StatementState;

  @ApiProperty({ format: 'date-time', description: 'When it closes: an hour or more after its end' })
  closesAt!: string;

  @ApiProperty({ type: [StatementOfCurrencyDto], description: 'Empty before the first commission' })
  currencies!: StatementOfCurrencyDto[];
}

export class StatementLineDto {
  @ApiProperty({ example: 'pgr_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  commissionId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The payout that took, paid or returned it' })
  payoutId!: string | null;

  @ApiProperty({ example: 'EARNED' })
  reason!: string;

  @ApiProperty({ type: MoneyDto, description: 'What it changed of what is held' })
  held!: MoneyDto;

  @ApiProperty({ type: MoneyDto })
  payable!: MoneyDto;

  @ApiProperty({ type: MoneyDto })
  inPayout!: MoneyDto;

  @ApiProperty({ type: MoneyDto })
  paidOut!: MoneyDto;

  @ApiProperty({ format: 'date-time' })
  postedAt!: string;
}

export class StatementLinePage extends PageType(StatementLineDto) {}

export function showStatement({ month, startsAt, endsAt, ...rest }: Statement): StatementDto {
  const { state, closesAt, currencies } = rest;
  return {
    month,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    state,
    closesAt: closesAt.toISOString(),
    currencies: currencies.map(showCurrency),
  };
}

function showCurrency(of: StatementOfCurrency): StatementOfCurrencyDto {
  const { currency } = of;
  return {
    currency,
    opening: showOwing(of.opening, currency),
    earned: showSum(of.earned, currency),
    reversed: showSum(of.reversed, currency),
    paidOut: showSum(of.paidOut, currency),
    closing: showOwing(of.closing, currency),
  };
}

function showOwing({ held, payable, inPayout }: Owing, currency: Currency): StatementBalanceDto {
  return {
    held: showSum(held, currency),
    payable: showSum(payable, currency),
    inPayout: showSum(inPayout, currency),
    total: showSum(held + payable + inPayout, currency),
  };
}

const showSum = (sum: bigint, currency: Currency): StatementSumDto => ({
  amount: safeAmountJson(sum),
  text: moneyText(sum, currency),
});

export function showStatementLine(line: StatementLine): StatementLineDto {
  const { currency } = line;
  return {
    id: publicId('PostingGroup', line.postingGroupId),
    commissionId: publicId('Commission', line.commissionId),
    payoutId: line.payoutId && publicId('Payout', line.payoutId),
    reason: line.reason,
    held: moneyJson(line.held, currency),
    payable: moneyJson(line.payable, currency),
    inPayout: moneyJson(line.inPayout, currency),
    paidOut: moneyJson(line.paidOut, currency),
    postedAt: line.postedAt.toISOString(),
  };
}
