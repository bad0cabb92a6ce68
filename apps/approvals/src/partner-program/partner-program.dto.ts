import { ApiProperty } from '@nestjs/swagger';
import { PageType, PARTNERSHIP_STATES, type PartnershipState } from '#http';
import { publicId } from '#kernel';
import type { PartnerProgram } from './list-partner-programs.js';
import { EMPTY_CODES, type EmptyCode } from './empty-states.js';
import { LOCK_REASONS, type LockReason, PROGRAM_TABS, type ProgramTab } from './program-tabs.js';
import type { ProgramSummary } from './read-program-summary.js';

export class PartnerProgramDto {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;

  @ApiProperty()
  programName!: string;

  @ApiProperty()
  companyName!: string;

  @ApiProperty({ enum: PARTNERSHIP_STATES })
  state!: PartnershipState;

  @ApiProperty({ description: 'Whether the current terms wait for you' })
  termsToAccept!: boolean;
}

export class PartnerProgramPage extends PageType(PartnerProgramDto) {}

export class CompanyContactDto {
  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  supportUrl!: string | null;

  @ApiProperty({ type: String, nullable: true })
  supportEmail!: string | null;
}

export class CurrentTermsDto {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty()
  text!: string;

  @ApiProperty({ format: 'date-time' })
  publishedAt!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'null: still to be accepted',
  })
  acceptedAt!: string | null;
}

/** Why something open shows nothing, to show as it is. */
export class EmptyStateDto {
  @ApiProperty({ enum: EMPTY_CODES })
  code!: EmptyCode;

  @ApiProperty()
  message!: string;
}

export class SummaryOfferDto {
  @ApiProperty({ example: 'ofr_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({
    description: 'What it pays and under which restrictions; made from the rule that is enforced',
  })
  text!: string;

  @ApiProperty({ format: 'date-time' })
  since!: string;
}

export class TabDto {
  @ApiProperty({ enum: PROGRAM_TABS })
  tab!: ProgramTab;

  @ApiProperty({ enum: ['open', 'locked'] })
  state!: 'open' | 'locked';

  @ApiProperty({ enum: LOCK_REASONS, nullable: true })
  reason!: LockReason | null;

  @ApiProperty({ type: String, nullable: true, description: 'What would open it, to show as it is' })
  message!: string | null;

  @ApiProperty({
    type: EmptyStateDto,
    nullable: true,
    description: 'Set where it is open and has nothing to show',
  })
  empty!: EmptyStateDto | null;
}

export class ProgramSummaryDto {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;

  @ApiProperty()
  programName!: string;

  @ApiProperty({ description: 'How to reach the company outside of the program' })
  company!: CompanyContactDto;

  @ApiProperty({ enum: PARTNERSHIP_STATES })
  state!: PartnershipState;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  approvedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The company's reason for its latest decision" })
  reason!: string | null;

  @ApiProperty({ type: CurrentTermsDto, nullable: true, description: 'null: the program has no terms' })
  terms!: CurrentTermsDto | null;

  @ApiProperty({
    type: [SummaryOfferDto],
    description: 'By which you earn now; none unless you are approved',
  })
  offers!: SummaryOfferDto[];

  @ApiProperty({
    type: EmptyStateDto,
    nullable: true,
    description: 'Set where you are approved and there are none',
  })
  noOffers!: EmptyStateDto | null;

  @ApiProperty({ type: [TabDto] })
  tabs!: TabDto[];
}

export class LeftProgramDto {
  @ApiProperty({ format: 'date-time', description: 'Events from then on earn nothing' })
  endedAt!: string;
}

export function showPartnerProgram(program: PartnerProgram): PartnerProgramDto {
  return {
    programId: publicId('Program', program.programId),
    partnershipId: publicId('Partnership', program.partnershipId),
    programName: program.programName,
    companyName: program.companyName,
    state: program.state,
    termsToAccept: program.hasTermsToAccept,
  };
}

export function showSummary(summary: ProgramSummary): ProgramSummaryDto {
  const { terms } = summary;
  return {
    programId: publicId('Program', summary.programId),
    partnershipId: publicId('Partnership', summary.partnershipId),
    programName: summary.programName,
    company: summary.company,
    state: summary.state,
    approvedAt: summary.approvedAt?.toISOString() ?? null,
    endedAt: summary.endedAt?.toISOString() ?? null,
    reason: summary.reason,
    terms: terms && {
      version: terms.version,
      text: terms.text,
      publishedAt: terms.publishedAt.toISOString(),
      acceptedAt: terms.acceptedAt?.toISOString() ?? null,
    },
    offers: summary.offers.map(({ offerId, name, text, since }) => ({
      id: publicId('Offer', offerId),
      name,
      text,
      since: since.toISOString(),
    })),
    noOffers: summary.noOffers,
    tabs: summary.tabs.map(({ tab, lock, empty }) => ({
      tab,
      state: lock ? 'locked' : 'open',
      reason: lock?.reason ?? null,
      message: lock?.message ?? null,
      empty,
    })),
  };
}
