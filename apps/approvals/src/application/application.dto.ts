import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { IfGiven, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import {
  type AutomaticDecision,
  DECIDED_BY,
  RULE_DECISIONS,
  type RuleCheck,
  type RuleDecision,
} from '../application-rules/application-rule.js';
import { AnswerDto } from '../form/form-field.dto.js';
import { APPLICATION_STATES, type ApplicationState } from './application.entity.js';
import type { ApplicationView } from './view-application.js';

export class ApplyBody {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  @Length(1, 40)
  programId!: string;

  @ApiPropertyOptional({
    type: 'integer',
    description: "Accepts this version of the program's terms in the same step",
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  acceptTermsVersion?: number;

  @ApiPropertyOptional({ maxLength: 2000, description: 'What the company should know about you' })
  @IfGiven()
  @IsString()
  @Length(1, 2000)
  message?: string;

  @ApiPropertyOptional({
    example: 'DE',
    description: 'Where you work from, ISO 3166-1; some programs ask for it',
  })
  @IfGiven()
  @Matches(/^[A-Z]{2}$/, { message: 'must be an ISO 3166-1 code of two upper-case letters such as "DE"' })
  @IsISO31661Alpha2({ message: 'must be an ISO 3166-1 code of two upper-case letters such as "DE"' })
  country?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    description: "By the keys of the program's application form",
  })
  @IfGiven()
  @IsObject()
  answers?: Record<string, unknown>;

  @ApiPropertyOptional({
    description: "Of the invitation's link; an open invitation of your address counts without",
  })
  @IfGiven()
  @IsString()
  @Length(1, 200)
  invitationToken?: string;
}

export class RuleCheckDto {
  @ApiProperty({ enum: ['country', 'email_domain', 'invitation'] })
  condition!: RuleCheck['condition'];

  @ApiProperty()
  required!: string;

  @ApiProperty()
  actual!: string;

  @ApiProperty()
  isMet!: boolean;
}

export class RuleTraceDto {
  @ApiProperty({ description: 'Name of the rule' })
  rule!: string;

  @ApiProperty()
  isMet!: boolean;

  @ApiProperty({ type: [RuleCheckDto] })
  checks!: readonly RuleCheckDto[];
}

/** What the program's rules made of an application, and why. */
export class AutomaticDecisionDto {
  @ApiProperty({ enum: RULE_DECISIONS })
  decision!: RuleDecision;

  @ApiProperty({
    enum: DECIDED_BY,
    description:
      'rule: the named one. invitation: no rule was met, and the partner was invited. removal: the company ' +
      'removed the partner, or one that shares a person with it, so a person decides. nothing: no rule was met.',
  })
  by!: AutomaticDecision['by'];

  @ApiProperty({ type: String, nullable: true, description: 'Name of the rule that decided' })
  rule!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Version of the rules' })
  rulesVersion!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'psh_01h455vb4pex5vsknk084sn02q',
    description:
      'Whose removal it was: an earlier one of the partner, or one whose team shares a person with its team. For the company only',
  })
  removedPartnershipId!: string | null;

  @ApiProperty({ type: [RuleTraceDto], description: 'The rules in their order, up to the one that decided' })
  trace!: readonly RuleTraceDto[];
}

export class ApproveBody {
  @ApiPropertyOptional({ maxLength: 1000, description: 'Shown to the partner' })
  @IfGiven()
  @IsString()
  @Length(1, 1000)
  reason?: string;
}

export class DeclineBody {
  @ApiProperty({
    maxLength: 1000,
    description: 'Shown to the partner, who can answer to it by applying again',
  })
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  reason!: string;
}

export class ApplicationsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  @IfGiven()
  @IsString()
  programId?: string;

  @ApiPropertyOptional({ enum: APPLICATION_STATES })
  @IfGiven()
  @IsIn(APPLICATION_STATES)
  state?: ApplicationState;
}

export class ApplicantDto {
  @ApiProperty({ example: 'prt_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  email!: string;
}

export class ApplicationDto {
  @ApiProperty({ example: 'app_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty()
  partner!: ApplicantDto;

  @ApiProperty({ enum: APPLICATION_STATES })
  state!: ApplicationState;

  @ApiProperty({ type: String, nullable: true })
  message!: string | null;

  @ApiProperty({ type: String, nullable: true })
  country!: string | null;

  @ApiProperty({ type: [AnswerDto], description: 'With the labels they were asked by' })
  answers!: readonly AnswerDto[];

  @ApiProperty({ type: AutomaticDecisionDto, nullable: true })
  automaticDecision!: AutomaticDecisionDto | null;

  @ApiProperty({ format: 'date-time' })
  appliedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  reviewedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The company's reason" })
  reason!: string | null;
}

export class ApplicationPage extends PageType(ApplicationDto) {}

export function showApplication(view: ApplicationView): ApplicationDto {
  return {
    id: publicId('Application', view.applicationId),
    partnershipId: publicId('Partnership', view.partnershipId),
    programId: publicId('Program', view.programId),
    partner: {
      id: publicId('Partner', view.partner.partnerId),
      name: view.partner.name,
      email: view.partner.email,
    },
    state: view.state,
    message: view.message,
    country: view.country,
    answers: view.answers,
    automaticDecision: view.automaticDecision && showDecision(view.automaticDecision, view.rulesVersion),
    appliedAt: view.appliedAt.toISOString(),
    reviewedAt: view.reviewedAt?.toISOString() ?? null,
    reason: view.reason,
  };
}

/** What the partner sees: another partner's removal is not theirs to know. */
export function showOwnApplication(view: ApplicationView): ApplicationDto {
  if (!view.automaticDecision) return showApplication(view);
  const { removedPartnershipId: _removed, ...automaticDecision } = view.automaticDecision;
  return showApplication({ ...view, automaticDecision });
}

const showDecision = (
  { decision, by, rule, trace, removedPartnershipId: removed }: AutomaticDecision,
  rulesVersion: number | null,
): AutomaticDecisionDto => ({
  decision,
  by,
  rule,
  rulesVersion,
  removedPartnershipId: removed === undefined ? null : publicId('Partnership', removed),
  trace,
});
