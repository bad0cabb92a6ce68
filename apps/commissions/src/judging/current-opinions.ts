import {
  type CommissionRuling,
  type CustomerFacts,
  evaluate,
  type Evaluation,
  isQualifying,
  applyStacking,
  NOTHING_USED,
  type Standing,
  underRuling,
  unlessCancelled,
  withOverride,
} from '#rules';
import type { Credit, Subject } from '../subject/subject.js';
import type { Counters } from './counters.js';
import type { CustomerUsages } from './customer-usages.js';
import type { History } from './history.js';
import type { OfferBook } from './offer-book.js';
import { type Opinion, slotOf, slotOfOpinion } from './opinion.js';
import { standingNow, takePlace } from './standing.js';
import { type ApplicableOffer, applicableOffers, memberOf } from './applicable-offers.js';

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
  const offers = applicableOffers(subject, history, grounds.book);
  const stacking = grounds.book.stacking(memberOf(subject, credit), facts.occurredAt);
  const verdicts = applyStacking(
    stacking,
    offers.map((offer) => judge(offer, standingFor(offer, grounds.counters))),
  );
  return offers.flatMap((offer, index) => {
    const verdict = verdicts[index];
    if (!verdict) return [];
    const { evaluation, standing } = seated(offer, verdict, subject, grounds.counters, judge);
    if (offer.rule.customerCap && isQualifying(evaluation.outcome)) {
      grounds.usages.record(subject, offer.offerId, credit.partnershipId, evaluation.promised);
    }
    const ruling = rulingOn(subject, slotOfOpinion({ offerId: offer.offerId, credit, evaluation }), history);
    return {
      offerId: offer.offerId,
      offerVersion: offer.version,
      credit,
      evaluation: underRuling(unlessCancelled(evaluation, facts), ruling),
      standing,
      ruling,
    };
  });
}

type Evaluator = (offer: ApplicableOffer, standing: Standing) => Evaluation;

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
      used: rule.customerCap ? usages.before(subject, offerId, credit.partnershipId) : NOTHING_USED,
      standing,
    });
}

const standingFor = ({ standing, counters: names }: ApplicableOffer, counters: Counters): Standing =>
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
  offer: ApplicableOffer,
  verdict: Evaluation,
  subject: Subject,
  counters: Counters,
  judge: Evaluator,
): Seated {
  const { counters: names } = offer;
  if (names.length === 0) return { evaluation: verdict, standing: null };
  const standing = standingFor(offer, counters);
  if (standing.granted !== null || !isQualifying(verdict.outcome)) return { evaluation: verdict, standing };
  const now = standingNow(counters, names);
  const evaluation = offer.standing ? judge(offer, now) : verdict;
  if (!isQualifying(evaluation.outcome)) return { evaluation, standing: now };
  const rule = withOverride(offer.rule, offer.override);
  return { evaluation, standing: takePlace(counters, names, rule, subject.facts, evaluation) };
}

/** That the subject is deleted outweighs an approval of its commission, not an earlier refusal. */
function rulingOn({ deletion }: Subject, slot: string, { commissions }: History): CommissionRuling | null {
  const own = commissions.find((candidate) => slotOf(candidate) === slot)?.ruling ?? null;
  return own && own.kind !== 'approved' ? own : (deletion ?? own);
}
