import { ApiProperty } from '@nestjs/swagger';
import { MoneyDto } from '#http';
import { type Currency, moneyJson, publicId } from '#kernel';
import {
  type Candidate,
  type Decision,
  describeOffer,
  EVALUATION_OUTCOMES,
  type EvaluationOutcome,
  explain,
  type ReasonClass,
  STACKING_POLICIES,
  type StackingPolicy,
  wouldQualifyIf,
} from '#rules';
import { ConditionDto } from '../commission/commission-trail.dto.js';
import type { SimulatedOffer, Simulation } from './simulate.js';

export class SimulatedReasonDto {
  @ApiProperty({ example: 'CREDITED_LAST_CLICK' })
  code!: string;

  @ApiProperty({ type: String, nullable: true, enum: ['NOT_TRACKED', 'COMPANY_ACTION_NEEDED'] })
  class!: ReasonClass | null;

  @ApiProperty()
  sentence!: string;
}

export class SimulatedCandidateDto {
  @ApiProperty({ enum: ['click', 'code', 'binding', 'lead', 'deal'] })
  kind!: string;

  @ApiProperty()
  partnershipId!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Of a click' })
  clickedAt!: string | null;

  @ApiProperty()
  reason!: SimulatedReasonDto;
}

export class SimulatedAttributionDto {
  @ApiProperty({ type: String, nullable: true, description: 'Who is credited; null: nobody' })
  partnershipId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'last_click' })
  method!: string | null;

  @ApiProperty()
  reason!: SimulatedReasonDto;

  @ApiProperty({ type: [SimulatedCandidateDto] })
  candidates!: SimulatedCandidateDto[];
}

export class SimulatedOfferDto {
  @ApiProperty()
  offerId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'The version in force when it happens' })
  offerVersion!: number;

  @ApiProperty({ description: 'What the offer says' })
  text!: string;

  @ApiProperty({ enum: EVALUATION_OUTCOMES })
  outcome!: EvaluationOutcome;

  @ApiProperty({ description: 'What it comes to, earned yet or not' })
  amount!: MoneyDto;

  @ApiProperty({ description: 'What of it is earned with what is known' })
  earned!: MoneyDto;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the hold would end' })
  payableAt!: string | null;

  @ApiProperty({ type: [ConditionDto] })
  conditions!: ConditionDto[];

  @ApiProperty({ type: String, nullable: true })
  wouldQualifyIf!: string | null;
}

export class SimulationDto {
  @ApiProperty()
  attribution!: SimulatedAttributionDto;

  @ApiProperty({ enum: STACKING_POLICIES, description: 'Whether all offers pay or the best one' })
  stacking!: StackingPolicy;

  @ApiProperty({
    type: [SimulatedOfferDto],
    description: 'Every offer of the program at that time, also the no’s',
  })
  offers!: SimulatedOfferDto[];

  @ApiProperty({ type: [MoneyDto], description: 'What the partner gets in all, per currency' })
  total!: MoneyDto[];
}

export function showSimulation({ decision, stacking, offers }: Simulation): SimulationDto {
  return {
    attribution: showAttribution(decision),
    stacking,
    offers: offers.map(showOffer),
    total: totalOf(offers),
  };
}

function showAttribution({ winner, reason, candidates }: Decision): SimulatedAttributionDto {
  return {
    partnershipId: winner && publicId('Partnership', winner.membership.partnershipId),
    method: winner?.method ?? null,
    reason: explain(reason),
    candidates: candidates.map(showCandidate),
  };
}

const showCandidate = (candidate: Candidate): SimulatedCandidateDto => ({
  kind: candidate.kind,
  partnershipId: publicId('Partnership', candidate.membership.partnershipId),
  clickedAt: candidate.kind === 'click' ? candidate.click.clickedAt.toISOString() : null,
  reason: explain(candidate.reason),
});

function showOffer({
  name,
  version,
  opinion: { evaluation, ...opinion },
}: SimulatedOffer): SimulatedOfferDto {
  return {
    offerId: publicId('Offer', opinion.offerId),
    name,
    offerVersion: opinion.offerVersion,
    text: describeOffer(version.rule),
    outcome: evaluation.outcome,
    amount: moneyJson(evaluation.amount, evaluation.currency),
    earned: moneyJson(evaluation.target, evaluation.currency),
    payableAt: evaluation.heldUntil?.toISOString() ?? null,
    conditions: [...evaluation.conditions],
    wouldQualifyIf: wouldQualifyIf(evaluation.conditions),
  };
}

function totalOf(offers: readonly SimulatedOffer[]): MoneyDto[] {
  const totals = new Map<Currency, bigint>();
  for (const { opinion } of offers) {
    const { currency, amount } = opinion.evaluation;
    if (amount > 0n) totals.set(currency, (totals.get(currency) ?? 0n) + amount);
  }
  return [...totals].map(([currency, amount]) => moneyJson(amount, currency));
}
