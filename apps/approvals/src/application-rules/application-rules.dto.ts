import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO31661Alpha2,
  IsObject,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { IfGiven, IsName } from '#http';
import { parseId, publicId } from '#kernel';
import { type ApplicationRule, RULE_DECISIONS, type RuleDecision } from './application-rule.js';
import type { ApplicationRules } from './application-rules.js';

export class ApplicationRuleBody {
  @ApiProperty({ maxLength: 120, description: 'Named in what it decides' })
  @IsName(120)
  name!: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['DE', 'AT'],
    description: 'The applicant is in one of these',
  })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(250)
  @ArrayUnique()
  @IsISO31661Alpha2({
    each: true,
    message: 'must be ISO 3166-1 codes of two upper-case letters such as "DE"',
  })
  @Matches(/^[A-Z]{2}$/, {
    each: true,
    message: 'must be ISO 3166-1 codes of two upper-case letters such as "DE"',
  })
  countries?: string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['example.com'],
    description: "The applicant's e-mail address is at one of these; subdomains are other domains",
  })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(250)
  @ArrayUnique()
  @Matches(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, {
    each: true,
    message: 'must be lower-case domains such as "example.com"',
  })
  emailDomains?: string[];

  @ApiPropertyOptional({ description: 'The applicant was invited, or was not' })
  @IfGiven()
  @IsBoolean()
  invited?: boolean;

  @ApiProperty({ enum: RULE_DECISIONS })
  @IsIn(RULE_DECISIONS)
  decision!: RuleDecision;

  @ApiPropertyOptional({ example: 'grp_01h455vb4pex5vsknk084sn02q', description: 'Where the partner starts' })
  @IfGiven()
  @IsString()
  groupId?: string;

  @ApiPropertyOptional({ maxLength: 1000, description: 'Shown to the partner; a decline needs one' })
  @IfGiven()
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must not be blank' })
  reason?: string;
}

export class ApplicationRulesBody {
  @ApiProperty({
    type: [ApplicationRuleBody],
    description: 'The first one that is met decides; none: all review',
  })
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true, message: 'must be objects' })
  @ValidateNested({ each: true })
  @Type(() => ApplicationRuleBody)
  rules!: ApplicationRuleBody[];
}

export class ApplicationRuleDto {
  @ApiProperty()
  name!: string;

  @ApiProperty({ type: [String], nullable: true })
  countries!: readonly string[] | null;

  @ApiProperty({ type: [String], nullable: true })
  emailDomains!: readonly string[] | null;

  @ApiProperty({ type: Boolean, nullable: true })
  invited!: boolean | null;

  @ApiProperty({ enum: RULE_DECISIONS })
  decision!: RuleDecision;

  @ApiProperty({ type: String, nullable: true })
  groupId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;
}

export class ApplicationRulesDto {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ type: 'integer', description: 'Counts up from 1; 0 where there are none yet' })
  version!: number;

  @ApiProperty({ type: [ApplicationRuleDto] })
  rules!: ApplicationRuleDto[];

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  publishedAt!: string | null;
}

export const readRule = (body: ApplicationRuleBody, index: number): ApplicationRule => ({
  name: body.name,
  countries: body.countries ?? null,
  emailDomains: body.emailDomains ?? null,
  isInvited: body.invited ?? null,
  decision: body.decision,
  groupId: body.groupId === undefined ? null : parseId('Group', body.groupId, `rules.${index}.groupId`),
  reason: body.reason ?? null,
});

export const showRules = ({
  programId,
  version,
  rules,
  publishedAt,
}: ApplicationRules): ApplicationRulesDto => ({
  programId: publicId('Program', programId),
  version,
  rules: rules.map(({ isInvited, groupId, ...rule }) => ({
    ...rule,
    invited: isInvited,
    groupId: groupId && publicId('Group', groupId),
  })),
  publishedAt: publishedAt?.toISOString() ?? null,
});
