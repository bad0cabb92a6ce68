import type { OfferRule } from './offer-rule.js';
import { type Period, periodOf } from './period.js';
import { type SubjectFacts } from './subject.js';
import { tierWeight } from './tiers.js';

/** The counters that an offer keeps: for one partner's tiers and budget, and for all partners' budget. */
export const COUNTER_KINDS = ['tier', 'partner_budget', 'program_budget'] as const;
export type CounterKind = (typeof COUNTER_KINDS)[number];

/** One counter of an offer that a subject reads, and adds to once it qualifies. */
export interface CounterUse {
  readonly kind: CounterKind;
  /** The calendar period it counts in: of the subject's own time, in the program's zone. */
  readonly period: string;
}

/** Which counters a rule needs for a subject; none for most rules. */
export function countersOf(rule: OfferRule, { occurredAt }: SubjectFacts, timeZone: string): CounterUse[] {
  const { reward, partnerBudget, programBudget } = rule;
  const use = (kind: CounterKind, period: Period): CounterUse => ({
    kind,
    period: periodOf(period, occurredAt, timeZone).key,
  });
  return [
    ...(reward.kind === 'tiers' ? [use('tier', reward.period)] : []),
    ...(partnerBudget ? [use('partner_budget', partnerBudget.period)] : []),
    ...(programBudget ? [use('program_budget', programBudget.period)] : []),
  ];
}

/** What a subject that qualifies adds to a counter. */
export function additionTo(
  kind: CounterKind,
  { reward }: OfferRule,
  subject: SubjectFacts,
  promised: bigint,
): bigint {
  if (kind !== 'tier') return promised;
  return reward.kind === 'tiers' ? tierWeight(reward, subject) : 0n;
}
