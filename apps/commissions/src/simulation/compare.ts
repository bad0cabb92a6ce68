import { type Currency, type Id, NO_CURRENCY } from '#kernel';
import { wouldQualifyIf } from '#rules';
import type { Opinion } from '../judging/opinion.js';
import type { Subject } from '../subject/subject.js';

/** Amounts of one currency by the offers as they were and with the draft, minor units. */
export interface Difference {
  readonly currency: Currency;
  readonly before: bigint;
  readonly after: bigint;
}

export interface PartnerDifference extends Difference {
  readonly partnershipId: Id<'Partnership'>;
}

export interface SubjectDifference extends PartnerDifference {
  readonly subject: Subject;
  /** What the draft would have needed; null where it says yes. */
  readonly wouldQualifyIf: string | null;
}

export interface Comparison {
  readonly subjects: number;
  /** Subjects for which the draft pays more, or less. */
  readonly more: number;
  readonly less: number;
  readonly totals: readonly Difference[];
  /** The largest differences first, at most 100 of each; only what differs. */
  readonly partners: readonly PartnerDifference[];
  readonly examples: readonly SubjectDifference[];
}

const MOST_SHOWN = 100;

type Opinions = ReadonlyMap<Subject, readonly Opinion[]>;

/**
 * Adds up what two judgements of the same subjects differ in.
 * @param offerId whose draft the second one is by
 */
export function compare(
  subjects: readonly Subject[],
  offerId: Id<'Offer'>,
  before: Opinions,
  after: Opinions,
): Comparison {
  const all = subjects.flatMap((subject) =>
    differencesOf(subject, offerId, before.get(subject) ?? [], after.get(subject) ?? []),
  );
  const differing = all.filter((one) => changeOf(one) !== 0n);
  return {
    subjects: subjects.length,
    more: new Set(differing.filter((one) => changeOf(one) > 0n).map(({ subject }) => subject)).size,
    less: new Set(differing.filter((one) => changeOf(one) < 0n).map(({ subject }) => subject)).size,
    totals: [...Map.groupBy(all, ({ currency }) => currency).values()].flatMap((group) => sumOf(group) ?? []),
    partners: largest(
      [...Map.groupBy(all, (one) => `${one.partnershipId} ${one.currency}`).values()].flatMap(
        (group) => sumOf(group) ?? [],
      ),
    ),
    examples: largest(differing),
  };
}

function differencesOf(
  subject: Subject,
  offerId: Id<'Offer'>,
  before: readonly Opinion[],
  after: readonly Opinion[],
): SubjectDifference[] {
  const partnershipId = subject.credit?.partnershipId;
  if (!partnershipId) return [];
  const draft = after.find((opinion) => opinion.offerId === offerId);
  const currencies = new Set([...before, ...after].map(({ evaluation }) => evaluation.currency));
  // A percentage of a signup says no in no currency: nothing to add up.
  currencies.delete(NO_CURRENCY);
  return [...currencies].map((currency) => ({
    subject,
    partnershipId,
    currency,
    before: paidIn(currency, before),
    after: paidIn(currency, after),
    wouldQualifyIf: draft ? wouldQualifyIf(draft.evaluation.conditions) : null,
  }));
}

const paidIn = (currency: Currency, opinions: readonly Opinion[]): bigint =>
  opinions
    .filter(({ evaluation }) => evaluation.currency === currency)
    .reduce((sum, { evaluation }) => sum + evaluation.amount, 0n);

function sumOf<D extends Difference>([first, ...others]: readonly D[]): D | null {
  if (!first) return null;
  return others.reduce(
    (sum, one) => ({ ...sum, before: sum.before + one.before, after: sum.after + one.after }),
    first,
  );
}

const changeOf = ({ before, after }: Difference): bigint => after - before;

function largest<D extends Difference>(differences: readonly D[]): D[] {
  const sizeOf = (one: D) => (changeOf(one) < 0n ? -changeOf(one) : changeOf(one));
  return differences
    .filter((one) => changeOf(one) !== 0n)
    .toSorted((a, b) => (sizeOf(a) === sizeOf(b) ? 0 : sizeOf(a) > sizeOf(b) ? -1 : 1))
    .slice(0, MOST_SHOWN);
}
