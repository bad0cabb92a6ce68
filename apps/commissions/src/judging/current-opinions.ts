import {
  type CommissionRuling,
  type CustomerFacts,
  evaluate,
  type Evaluation,
  isQualifying,
  settleStacking,
  type Standing,
  termsOf,
  underRuling,
  unlessCancelled,
} from '#rules';
import type { Credit, Subject } from '../subject/subject.js';
import type { Counters } from './counters.js';
import type { CustomerUsages } from './customer-usages.js';
import type { History } from './history.js';
import type { OfferBook } from './offer-book.js';
import { type Opinion, slotOf, slotOfOpinion } from './opinion.js';
import { standingNow, takePlace } from './standing.js';
import { memberOf, type Terms, termsFor } from './terms.js';

/** What a batch is judged by. Counters and usages move on with every judgement. */
export interface Grounds {
  readonly book: OfferBook;
  readonly counters: Counters;
  readonly usages: CustomerUsages;
}

/**
 * What each offer makes of a subject for the credited partnership: by its rule, then by the program's
 * stacking, then by the company's own word. A subject that qualifies takes its place in the posting order.
 */
export function currentOpinions(
  subject: Subject,
  customer: CustomerFacts,
  history: History,
  grounds: Grounds,
): Opinion[] {
  const { credit, facts } = subject;
  if (!credit) return [];
  const judge = evaluatorOf(subject, credit, customer, grounds);
  const terms = termsFor(subject, history, grounds.book);
  const stacking = grounds.book.stacking(memberOf(subject, credit), facts.occurredAt);
  const settled = settleStacking(
    stacking,
    terms.map((one) => judge(one, standingFor(one, grounds.counters))),
  );
  return terms.flatMap((one, index) => {
    const verdict = settled[index];
    if (!verdict) return [];
    const { evaluation, standing } = seated(one, verdict, subject, grounds.counters, judge);
    if (isQualifying(evaluation.outcome)) {
      grounds.usages.record(subject, one.offerId, credit.partnershipId, evaluation.promised);
    }
    const ruling = rulingOn(subject, slotOfOpinion({ offerId: one.offerId, credit, evaluation }), history);
    return {
      offerId: one.offerId,
      offerVersion: one.version,
      credit,
      evaluation: underRuling(unlessCancelled(evaluation, facts), ruling),
      standing,
      ruling,
    };
  });
}

type Evaluator = (terms: Terms, standing: Standing) => Evaluation;

function evaluatorOf(
  subject: Subject,
  credit: Credit,
  customer: CustomerFacts,
  { book, usages }: Grounds,
): Evaluator {
  const { facts } = subject;
  const member = memberOf(subject, credit);
  const timeZone = book.timeZone(member, facts.occurredAt);
  const groupId = book.groupId(member, facts.occurredAt);
  return ({ offerId, rule, override }, standing) =>
    evaluate(rule, facts, {
      customer,
      timeZone,
      partnershipId: credit.partnershipId,
      groupId,
      override,
      used: usages.before(subject, offerId, credit.partnershipId),
      standing,
    });
}

const standingFor = ({ standing, counters: names }: Terms, counters: Counters): Standing =>
  standing ?? standingNow(counters, names);

/** What an offer says of a subject, and where it stands; null where no tier or budget counts. */
interface Seated {
  readonly evaluation: Evaluation;
  readonly standing: Standing | null;
}

/**
 * Counts a subject that qualifies for the first time. It stands where the counters are now: if it was judged
 * before without qualifying, others have gone ahead of it since.
 */
function seated(
  terms: Terms,
  settled: Evaluation,
  subject: Subject,
  counters: Counters,
  judge: Evaluator,
): Seated {
  const { counters: names } = terms;
  if (names.length === 0) return { evaluation: settled, standing: null };
  const standing = standingFor(terms, counters);
  if (standing.granted !== null || !isQualifying(settled.outcome)) return { evaluation: settled, standing };
  const now = standingNow(counters, names);
  const evaluation = terms.standing ? judge(terms, now) : settled;
  if (!isQualifying(evaluation.outcome)) return { evaluation, standing: now };
  const rule = termsOf(terms.rule, terms.override);
  return { evaluation, standing: takePlace(counters, names, rule, subject.facts, evaluation) };
}

/** That the subject is deleted outweighs an approval of its commission, not an earlier refusal. */
function rulingOn({ deletion }: Subject, slot: string, { commissions }: History): CommissionRuling | null {
  const own = commissions.find((candidate) => slotOf(candidate) === slot)?.ruling ?? null;
  return own && own.kind !== 'approved' ? own : (deletion ?? own);
}
