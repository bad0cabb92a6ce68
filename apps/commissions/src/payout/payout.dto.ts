import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { IfGiven, MoneyDto, PageQuery, PageType } from '#http';
import { moneyJson, publicId } from '#kernel';
import { CommissionOfferDto } from '../commission/commission.dto.js';
import { type Payout, PAYOUT_STATES, type PayoutState } from './payout.js';
import type { PayoutLine } from './payout-lines.js';

export class MarkPaidBody {
  @ApiProperty({
    maxLength: 200,
    example: 'SEPA 2026-06-08 0017',
    description: 'How your bank or payment service names the payment; shown to the partner',
  })
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { message: 'must name the payment' })
  externalReference!: string;
}

export class CancelPayoutBody {
  @ApiProperty({ maxLength: 1000, description: 'Shown to the partner' })
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  reason!: string;
}

export class PartnerPayoutsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: PAYOUT_STATES })
  @IfGiven()
  @IsIn(PAYOUT_STATES)
  state?: PayoutState;
}

export class PayoutsQuery extends PartnerPayoutsQuery {
  @ApiPropertyOptional({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  @IfGiven()
  @IsString()
  partnershipId?: string;
}

export class PartnerPayoutDto {
  @ApiProperty({ example: 'pyt_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ type: MoneyDto })
  amount!: MoneyDto;

  @ApiProperty({
    enum: PAYOUT_STATES,
    description: 'open: on its way; cancelled: the amount is payable again',
  })
  state!: PayoutState;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'How the company names the payment; null unless paid',
  })
  externalReference!: string | null;

  @ApiProperty({ type: String, nullable: true })
  cancelReason!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was marked paid or cancelled',
  })
  closedAt!: string | null;
}

export class PartnerPayoutPage extends PageType(PartnerPayoutDto) {}

export class PayoutDto extends PartnerPayoutDto {
  @ApiProperty({ example: 'pbt_01h455vb4pex5vsknk084sn02q' })
  payoutBatchId!: string;

  @ApiProperty()
  programId!: string;

  @ApiProperty()
  partnershipId!: string;

  @ApiProperty()
  partnerId!: string;
}

export class PayoutPage extends PageType(PayoutDto) {}

export class PayoutLineDto {
  @ApiProperty({ example: 'com_01h455vb4pex5vsknk084sn02q' })
  commissionId!: string;

  @ApiProperty({ type: CommissionOfferDto, nullable: true, description: 'Null for an adjustment by hand' })
  offer!: CommissionOfferDto | null;

  @ApiProperty({ format: 'date-time', description: 'When the order was placed or the customer signed up' })
  occurredAt!: string;

  @ApiProperty({ type: MoneyDto, description: 'Below zero where a reversal of what was paid is set off' })
  amount!: MoneyDto;
}

export class PayoutLinePage extends PageType(PayoutLineDto) {}

export function showPartnerPayout(payout: Payout) {
  return {
    id: publicId('Payout', payout.payoutId),
    amount: moneyJson(payout.amount, payout.currency),
    state: payout.state,
    externalReference: payout.externalReference,
    cancelReason: payout.cancelReason,
    createdAt: payout.createdAt.toISOString(),
    closedAt: payout.closedAt?.toISOString() ?? null,
  };
}

export function showPayout(payout: Payout): PayoutDto {
  return {
    ...showPartnerPayout(payout),
    payoutBatchId: publicId('PayoutBatch', payout.payoutBatchId),
    programId: publicId('Program', payout.programId),
    partnershipId: publicId('Partnership', payout.partnershipId),
    partnerId: publicId('Partner', payout.partnerId),
  };
}

export function showPayoutLine({
  commissionId,
  offer,
  occurredAt,
  amount,
  currency,
}: PayoutLine): PayoutLineDto {
  return {
    commissionId: publicId('Commission', commissionId),
    offer: offer && { id: publicId('Offer', offer.offerId), name: offer.name },
    occurredAt: occurredAt.toISOString(),
    amount: moneyJson(amount, currency),
  };
}
