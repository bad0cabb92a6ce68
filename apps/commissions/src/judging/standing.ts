import {
  additionTo,
  type CounterKind,
  countersOf,
  type Evaluation,
  type OfferRule,
  type Standing,
  type SubjectFacts,
} from '#rules';
import { type CounterName, counterName, type Counters } from './counters.js';
import type { Membership } from './membership.js';

/** A standing as it is stored with an evaluation; amounts as text. */
export type StandingJson = { readonly [K in keyof Standing]: string | Extract<Standing[K], null> };

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
    granted: null,
  };
}

/**
 * Lets a subject that qualifies take its place: the next one stands behind it.
 * @returns where it stands from now on
 */
export function takePlace(
  counters: Counters,
  names: readonly CounterName[],
  rule: OfferRule,
  facts: SubjectFacts,
  { promised }: Evaluation,
): Standing {
  const standing = standingNow(counters, names);
  for (const name of names) counters.add(name, additionTo(name.kind, rule, facts, promised));
  return { ...standing, granted: promised };
}

export function standingJson({ tierBefore, partnerSpent, programSpent, granted }: Standing): StandingJson {
  return {
    tierBefore: tierBefore.toString(),
    partnerSpent: partnerSpent.toString(),
    programSpent: programSpent.toString(),
    granted: granted?.toString() ?? null,
  };
}

export function standingOf({ tierBefore, partnerSpent, programSpent, granted }: StandingJson): Standing {
  return {
    tierBefore: BigInt(tierBefore),
    partnerSpent: BigInt(partnerSpent),
    programSpent: BigInt(programSpent),
    granted: granted === null ? null : BigInt(granted),
  };
}

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
