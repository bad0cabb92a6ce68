import { type Override, type Standing, withOverride } from '#rules';
import type { Credit, Subject } from '../subject/subject.js';
import type { CounterName } from './counters.js';
import type { History } from './history.js';
import type { Membership } from './membership.js';
import type { BookedVersion, OfferBook } from './offer-book.js';
import { counterNamesOf, standingOf } from './standing.js';

/** An offer version as it holds for the partner credited with a subject. */
export interface ApplicableOffer extends BookedVersion {
  readonly override: Override | null;
  /** Empty where no tier or budget counts. */
  readonly counters: readonly CounterName[];
  /** Where the subject stood when it was judged before; null when it was not. */
  readonly standing: Standing | null;
}

export const memberOf = ({ companyId }: Subject, { programId, partnershipId }: Credit): Membership => ({
  companyId,
  programId,
  partnershipId,
});

/** The partners credited with subjects, in their programs. */
export const membersOf = (subjects: readonly Subject[]): Membership[] =>
  subjects.flatMap((subject) => (subject.credit ? [memberOf(subject, subject.credit)] : []));

/** Whether an offer of the subject's program limits what one customer earns. */
export const isCappedBy =
  (book: OfferBook) =>
  (subject: Subject): boolean =>
    membersOf([subject]).some((member) => book.capsCustomers(member));

/** The counters that a subject has yet to take its place in. */
export const openCounters = (subject: Subject, history: History, book: OfferBook): CounterName[] =>
  applicableOffers(subject, history, book)
    .filter(({ standing }) => (standing?.granted ?? null) === null)
    .flatMap(({ counters }) => counters);

/** What a subject is judged by: the versions of its time, with what its partner has of their own. */
export function applicableOffers(subject: Subject, history: History, book: OfferBook): ApplicableOffer[] {
  const { credit, facts } = subject;
  if (!credit) return [];
  const member = memberOf(subject, credit);
  const timeZone = book.timeZone(member, facts.occurredAt);
  return applicableVersions(subject, credit, history, book).map((version) => {
    const override = book.override(member, version.offerId, facts.occurredAt);
    const rule = withOverride(version.rule, override);
    return {
      ...version,
      override,
      counters: counterNamesOf(member, version.offerId, rule, facts, timeZone),
      standing: standingBefore(history, version.offerId, credit),
    };
  });
}

/**
 * The versions in force when it happened. Once a subject was judged it stays with those versions, also with none:
 * an offer that is created back-dated later must not make a refund of last year earn a commission.
 */
function applicableVersions(
  subject: Subject,
  credit: Credit,
  history: History,
  book: OfferBook,
): BookedVersion[] {
  const program = memberOf(subject, credit);
  const judgedBy = new Map(
    history.evaluations
      .filter((past) => past.program_id === credit.programId)
      .map((past) => [past.offer_id, past.offer_version]),
  );
  if (judgedBy.size === 0 && history.judgedIn === credit.programId) return [];
  if (judgedBy.size === 0) return book.inForce(program, subject.facts.occurredAt);
  return [...judgedBy].flatMap(([offerId, version]) => book.version(program, offerId, version) ?? []);
}

function standingBefore(
  { evaluations }: History,
  offerId: string,
  { partnershipId }: Credit,
): Standing | null {
  const standings = evaluations
    .filter((past) => past.offer_id === offerId && past.partnership_id === partnershipId)
    .flatMap(({ standing }) => (standing ? [standingOf(standing)] : []));
  return standings.find(({ granted }) => granted !== null) ?? standings[0] ?? null;
}
