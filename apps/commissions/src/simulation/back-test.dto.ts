import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { shownSubjectKey, SUBJECT_KINDS, type SubjectKind } from '#contracts';
import { IfGiven, IsTime } from '#http';
import { amountJson, publicId } from '#kernel';
import { describeOffer, RULE_FIELDS } from '#rules';
import { OfferRuleDto } from '../offer/offer-rule.dto.js';
import type { BackTested, Draft } from './back-test.js';
import type { Difference, PartnerDifference, SubjectDifference } from './compare.js';

export class BackTestBody {
  @ApiProperty({ type: OfferRuleDto, description: 'The draft' })
  @IsObject({ message: `must be an object with ${RULE_FIELDS.join(', ')}` })
  rule!: object;

  @ApiProperty({ format: 'date-time', description: 'What happened from then on' })
  @IsTime()
  from!: string;

  @ApiPropertyOptional({ format: 'date-time', description: '… until before then; left out: now' })
  @IfGiven()
  @IsTime()
  until?: string;
}

export class DifferenceDto {
  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({ description: 'By the offers as they were, minor units' })
  before!: number;

  @ApiProperty({ description: 'With the draft' })
  after!: number;

  @ApiProperty({ description: 'after − before' })
  difference!: number;
}

export class PartnerDifferenceDto extends DifferenceDto {
  @ApiProperty()
  partnershipId!: string;
}

export class BackTestedSubjectDto {
  @ApiProperty({ enum: SUBJECT_KINDS })
  kind!: SubjectKind;

  @ApiProperty()
  key!: string;
}

export class SubjectDifferenceDto extends PartnerDifferenceDto {
  @ApiProperty()
  subject!: BackTestedSubjectDto;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What the draft would have needed, where it says no',
  })
  wouldQualifyIf!: string | null;
}

export class CoverageDto {
  @ApiProperty({ description: 'How many subjects the whole period has' })
  of!: number;

  @ApiProperty({ format: 'date-time', description: 'All that happened before then was judged' })
  until!: string;

  @ApiProperty({ description: 'Whether all of the period was' })
  isComplete!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What was left out and how to go on; null when nothing was',
    example:
      'The first 9998 of 25310 were judged: what happened before 2026-05-20T12:00:00.000Z. Send that time as "from" …',
  })
  notice!: string | null;
}

export class BackTestDto {
  @ApiProperty({ description: 'The draft in words' })
  text!: string;

  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ format: 'date-time' })
  until!: string;

  @ApiProperty({ description: 'Credited orders, signups, leads, deals and actions that were judged' })
  subjects!: number;

  @ApiProperty({ type: CoverageDto, description: 'How much of the period was judged' })
  coverage!: CoverageDto;

  @ApiProperty({ description: 'For how many of them the draft pays more' })
  more!: number;

  @ApiProperty({ description: 'For how many of them the draft pays less' })
  less!: number;

  @ApiProperty({ type: [DifferenceDto], description: 'All offers of the program together' })
  totals!: DifferenceDto[];

  @ApiProperty({ type: [PartnerDifferenceDto], description: 'The 100 largest differences' })
  partners!: PartnerDifferenceDto[];

  @ApiProperty({ type: [SubjectDifferenceDto], description: 'The 100 largest differences' })
  examples!: SubjectDifferenceDto[];
}

export function showBackTest(
  { comparison, coverage }: BackTested,
  { rule, from, until }: Draft,
): BackTestDto {
  return {
    text: describeOffer(rule),
    from: from.toISOString(),
    until: until.toISOString(),
    subjects: comparison.subjects,
    coverage: showCoverage(comparison.subjects, coverage),
    more: comparison.more,
    less: comparison.less,
    totals: comparison.totals.map(showDifference),
    partners: comparison.partners.map(showPartner),
    examples: comparison.examples.map(showExample),
  };
}

function showCoverage(judged: number, { of, until: end }: BackTested['coverage']): CoverageDto {
  const until = end.toISOString();
  if (judged === of) return { of, until, isComplete: true, notice: null };
  const notice =
    `The first ${judged} of ${of} were judged: what happened before ${until}. Send that time as "from" for the next ` +
    'part, where tiers, budgets and caps count from 0 again; or send a shorter period.';
  return { of, until, isComplete: false, notice };
}

function showDifference({ currency, before, after }: Difference) {
  return {
    currency,
    before: amountJson(before),
    after: amountJson(after),
    difference: amountJson(after - before),
  };
}

function showPartner(one: PartnerDifference) {
  return { ...showDifference(one), partnershipId: publicId('Partnership', one.partnershipId) };
}

function showExample(one: SubjectDifference): SubjectDifferenceDto {
  return {
    ...showPartner(one),
    subject: { kind: one.subject.kind, key: shownSubjectKey(one.subject.kind, one.subject.key) },
    occurredAt: one.subject.facts.occurredAt.toISOString(),
    wouldQualifyIf: one.wouldQualifyIf,
  };
}
