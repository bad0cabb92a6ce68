import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString } from 'class-validator';
import { shownSubjectKey } from '#contracts';
import { IfGiven, MoneyDto, PageQuery, PageType } from '#http';
import { moneyJson, publicId } from '#kernel';
import { type Commission, COMMISSION_SUBJECT_KINDS, type CommissionSubjectKind } from './commission.js';
import { explain } from './commission-explanation.js';
import { CommissionRulingDto, showRuling } from './commission-ruling.dto.js';
import { COMMISSION_STATES, type CommissionState } from './commission-state.js';

export class PartnerCommissionsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: COMMISSION_STATES })
  @IfGiven()
  @IsIn(COMMISSION_STATES)
  state?: CommissionState;
}

export class ReviewQueueQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  @IfGiven()
  @IsString()
  programId?: string;

  @ApiPropertyOptional({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  @IfGiven()
  @IsString()
  partnershipId?: string;
}

export class CommissionsQuery extends ReviewQueueQuery {
  @ApiPropertyOptional({ enum: COMMISSION_STATES })
  @IfGiven()
  @IsIn(COMMISSION_STATES)
  state?: CommissionState;
}

export class CommissionOfferDto {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;
}

export class CommissionReasonDto {
  @ApiProperty({ example: 'ON_HOLD', description: 'Stable, for machines' })
  code!: string;

  @ApiProperty({ example: '1 order of 12 May 2026 earned you 20.00 EUR, held until 11 June 2026 …' })
  sentence!: string;
}

export class CommissionSubjectDto {
  @ApiProperty({ enum: COMMISSION_SUBJECT_KINDS })
  kind!: CommissionSubjectKind;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The company's key of the order. Null to a partner unless fulfilled, and for signups",
  })
  key!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null to a partner unless the order is fulfilled',
  })
  customerId!: string | null;
}

export class PartnerCommissionDto {
  @ApiProperty({ example: 'com_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ type: CommissionOfferDto, nullable: true, description: 'Null for an adjustment by hand' })
  offer!: CommissionOfferDto | null;

  @ApiProperty({ type: CommissionSubjectDto })
  subject!: CommissionSubjectDto;

  @ApiProperty({ enum: COMMISSION_STATES })
  state!: CommissionState;

  @ApiProperty({ type: MoneyDto, description: 'What it comes to; while it waits, what it will come to' })
  amount!: MoneyDto;

  @ApiProperty({
    type: MoneyDto,
    description: 'How much of it is earned so far: less than amount while lines of the order wait',
  })
  earned!: MoneyDto;

  @ApiProperty({ type: MoneyDto, description: 'How much of it is in payouts that are on their way' })
  inPayout!: MoneyDto;

  @ApiProperty({ type: MoneyDto, description: 'How much of it was paid; more than amount after a reversal' })
  paidOut!: MoneyDto;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the hold ends' })
  heldUntil!: string | null;

  @ApiProperty({ type: CommissionReasonDto })
  reason!: CommissionReasonDto;

  @ApiProperty({ type: CommissionRulingDto, nullable: true, description: "The company's last word on it" })
  ruling!: CommissionRulingDto | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class PartnerCommissionPage extends PageType(PartnerCommissionDto) {}

export class CommissionDto extends PartnerCommissionDto {
  @ApiProperty()
  programId!: string;

  @ApiProperty()
  partnershipId!: string;
}

export class CommissionPage extends PageType(CommissionDto) {}

export function showCommission(commission: Commission) {
  const { heldUntil, customerId, offer, ruling } = commission;
  return {
    id: publicId('Commission', commission.commissionId),
    programId: publicId('Program', commission.programId),
    partnershipId: publicId('Partnership', commission.partnershipId),
    offer: offer && { id: publicId('Offer', offer.offerId), name: offer.name },
    subject: {
      kind: commission.subjectKind,
      occurredAt: commission.occurredAt.toISOString(),
      key:
        commission.subjectKind === 'adjustment'
          ? null
          : shownSubjectKey(commission.subjectKind, commission.subjectKey),
      customerId: customerId && publicId('Customer', customerId),
    },
    state: commission.state,
    amount: moneyJson(commission.amount, commission.currency),
    earned: moneyJson(commission.earned, commission.currency),
    inPayout: moneyJson(commission.inPayout, commission.currency),
    paidOut: moneyJson(commission.paidOut, commission.currency),
    heldUntil: heldUntil?.toISOString() ?? null,
    reason: explain(commission),
    ruling: ruling && showRuling(ruling, ruling.ruledAt),
    createdAt: commission.createdAt.toISOString(),
  };
}

/**
 * A commission as its partner may see it: before fulfilment that something waits, never whose it is. A
 * signup's key is the company's name of the person, so it is never shown.
 */
export function showPartnerCommission(commission: Commission) {
  const { programId: _program, partnershipId: _partnership, subject, ...shown } = showCommission(commission);
  return {
    ...shown,
    subject: {
      ...subject,
      key: commission.isPersonHidden || subject.kind === 'signup' ? null : subject.key,
      customerId: commission.isPersonHidden ? null : subject.customerId,
    },
  };
}
