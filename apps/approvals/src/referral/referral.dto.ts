import { ApiProperty } from '@nestjs/swagger';
import { REFERRAL_KINDS, type ReferralKind } from '#contracts';
import { MoneyDto, PageType } from '#http';
import { moneyJson, publicId } from '#kernel';
import { ApplicantDto } from '../application/application.dto.js';
import { AnswerDto } from '../form/form-field.dto.js';
import { StageDto } from '../pipeline/pipeline.dto.js';
import { REFERRAL_SOURCES, type ReferralSource } from './referral.entity.js';
import { REFERRAL_STATES, type ReferralState } from './referral-state.js';
import { REFERRAL_STATUS_CODES, type ReferralStatusCode, statusOf } from './referral-status.js';
import type { ReferralView } from './view-referral.js';

const NULLABLE_TEXT = { type: String, nullable: true };
const NULLABLE_TIME = { type: String, format: 'date-time', nullable: true };

export class ReferralContactDto {
  @ApiProperty(NULLABLE_TEXT)
  name!: string | null;

  @ApiProperty(NULLABLE_TEXT)
  email!: string | null;

  @ApiProperty(NULLABLE_TEXT)
  phone!: string | null;
}

export class ReferralAccountDto {
  @ApiProperty(NULLABLE_TEXT)
  name!: string | null;

  @ApiProperty({ ...NULLABLE_TEXT, example: 'acme.example' })
  domain!: string | null;
}

export class ReferralStatusDto {
  @ApiProperty({ enum: REFERRAL_STATUS_CODES })
  code!: ReferralStatusCode;

  @ApiProperty({ description: 'What it means and what can be done, to show as it is' })
  message!: string;
}

/** A lead or deal as its partner reads it. */
export class OwnReferralDto {
  @ApiProperty({ example: 'rfl_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ enum: REFERRAL_KINDS })
  kind!: ReferralKind;

  @ApiProperty({ enum: REFERRAL_STATES })
  state!: ReferralState;

  @ApiProperty()
  status!: ReferralStatusDto;

  @ApiProperty({ description: 'Where it is while open, or was when it was closed' })
  stage!: StageDto;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Why it was declined or lost' })
  reason!: string | null;

  @ApiProperty({ enum: REFERRAL_SOURCES, description: 'Who entered it' })
  source!: ReferralSource;

  @ApiProperty()
  contact!: ReferralContactDto;

  @ApiProperty()
  account!: ReferralAccountDto;

  @ApiProperty({ type: MoneyDto, nullable: true, description: 'What it is worth, as far as known' })
  worth!: MoneyDto | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  expectedCloseOn!: string | null;

  @ApiProperty(NULLABLE_TEXT)
  note!: string | null;

  @ApiProperty({ type: [AnswerDto] })
  answers!: AnswerDto[];

  @ApiProperty({ format: 'date-time' })
  submittedAt!: string;

  @ApiProperty(NULLABLE_TIME)
  approvedAt!: string | null;

  @ApiProperty(NULLABLE_TIME)
  closedAt!: string | null;

  @ApiProperty({ ...NULLABLE_TIME, description: 'Deals: until when the account is kept from other partners' })
  expiresAt!: string | null;
}

export class OwnReferralPage extends PageType(OwnReferralDto) {}

/** A lead or deal as the company reads it. */
export class ReferralDto extends OwnReferralDto {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;

  @ApiProperty()
  partner!: ApplicantDto;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'The one that came first, where this was declined for it' })
  declinedForId!: string | null;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Your own key of the customer that it became' })
  customerKey!: string | null;

  @ApiProperty({ type: 'integer', description: 'How often it was closed' })
  revision!: number;
}

export class ReferralPage extends PageType(ReferralDto) {}

export const showOwnReferral = (view: ReferralView): OwnReferralDto => common(view);

export function showReferral(view: ReferralView): ReferralDto {
  const { partner } = view;
  return {
    ...common(view),
    programId: publicId('Program', view.programId),
    partnershipId: publicId('Partnership', view.partnershipId),
    partner: { id: publicId('Partner', partner.partnerId), name: partner.name, email: partner.email },
    declinedForId: view.rivalId && publicId('Referral', view.rivalId),
    customerKey: view.customerKey,
    revision: view.revision,
  };
}

/** What partner and company both read. */
function common(view: ReferralView) {
  return {
    id: publicId('Referral', view.referralId),
    kind: view.kind,
    state: view.state,
    status: statusOf(view),
    stage: view.stage,
    reason: view.reason,
    source: view.source,
    contact: view.contact,
    account: view.account,
    worth: view.worth && moneyJson(view.worth.amount, view.worth.currency),
    expectedCloseOn: view.expectedCloseOn,
    note: view.note,
    answers: [...view.answers],
    submittedAt: view.submittedAt.toISOString(),
    approvedAt: view.approvedAt?.toISOString() ?? null,
    closedAt: view.closedAt?.toISOString() ?? null,
    expiresAt: view.expiresAt?.toISOString() ?? null,
  };
}
