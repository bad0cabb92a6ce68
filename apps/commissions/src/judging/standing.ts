import {
  additionTo,
  AT_THE_START,
  countersOf,
  type CounterKind,
  type Evaluation,
  type Standing,
} from '#rules';
import type { OfferRule, SubjectFacts } from '#rules';
import { type CounterName, counterName, type Counters } from './counters.js';
import type { Membership } from './membership.js';

/** A standing as it is stored with an evaluation; amounts as text. */
export interface StandingJson {
  readonly tierBefore: string;
  readonly partnerSpent: string;
  readonly programSpent: string;
  /** Whether the subject took its place: whether the counters count it. */
  readonly isCounted: boolean;
}

/** How a subject stands in the posting order of an offer, and whether it took its place. */
export interface Place {
  readonly standing: Standing;
  readonly isCounted: boolean;
}

/** The counters that a rule needs for a subject of a partner; none for most rules. */
export function counterNamesOf(
  member: Membership,
  offerId: string,
  rule: OfferRule,
  facts: SubjectFacts,
  timeZone: string,
): CounterName[] {
  return countersOf(rule, facts, timeZone).map((use) =>
    counterName(member, offerId, { ...use, currency: currencyOf(rule, use.kind) }),
  );
}

export function standingNow(counters: Counters, names: readonly CounterName[]): Standing {
  const valueOf = (kind: CounterKind) => {
    const name = names.find((one) => one.kind === kind);
    return name ? counters.valueOf(name) : 0n;
  };
  return {
    tierBefore: valueOf('tier'),
    partnerSpent: valueOf('partner_budget'),
    programSpent: valueOf('program_budget'),
  };
}

/** Lets a subject that qualifies take its place: the next one stands behind it. */
export function takePlace(
  counters: Counters,
  names: readonly CounterName[],
  rule: OfferRule,
  facts: SubjectFacts,
  { promised }: Evaluation,
): void {
  for (const name of names) counters.add(name, additionTo(name.kind, rule, facts, promised));
}

export function placeJson({ standing, isCounted }: Place): StandingJson {
  return {
    tierBefore: standing.tierBefore.toString(),
    partnerSpent: standing.partnerSpent.toString(),
    programSpent: standing.programSpent.toString(),
    isCounted,
  };
}

export function placeOf({ isCounted, ...json }: StandingJson): Place {
  return {
    standing: {
      tierBefore: BigInt(json.tierBefore),
      partnerSpent: BigInt(json.partnerSpent),
      programSpent: BigInt(json.programSpent),
    },
    isCounted,
  };
}

export const NO_PLACE: Place = { standing: AT_THE_START, isCounted: false };

function currencyOf({ reward, partnerBudget, programBudget }: OfferRule, kind: CounterKind): string {
  switch (kind) {
    case 'tier':
      return (reward.kind === 'tiers' ? reward.currency : null) ?? '';
    case 'partner_budget':
      return partnerBudget?.currency ?? '';
    case 'program_budget':
      return programBudget?.currency ?? '';
  }
}
