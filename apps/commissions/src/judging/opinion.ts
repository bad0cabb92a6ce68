import type { Id } from '#kernel';
import { asId, parseCurrency } from '#kernel';
import {
  AT_THE_START,
  type CustomerFacts,
  evaluate,
  type Evaluation,
  isQualifying,
  NOTHING_USED,
  type CommissionRuling,
  underRuling,
  unlessCancelled,
  withdrawn,
} from '#rules';
import type { Credit, Subject } from '../subject/subject.js';
import type { History, PastEvaluation } from './history.js';
import type { BookedVersion, OfferBook } from './offer-book.js';

/** What one offer version says of a subject for one partnership. */
export interface Opinion {
  readonly offerId: Id<'Offer'>;
  readonly offerVersion: number;
  readonly credit: Credit;
  /** After the company had its say. */
  readonly evaluation: Evaluation;
  /** What the company said: of this commission, or of all that its subject earns. */
  readonly ruling: CommissionRuling | null;
}

interface Slot {
  readonly offer_id: string;
  readonly partnership_id: string;
  readonly currency: string;
}

/** What makes two commissions of a subject the same one: offer, partnership and currency. */
export const slotOf = (slot: Slot): string => `${slot.offer_id} ${slot.partnership_id} ${slot.currency}`;

export const slotOfOpinion = ({
  offerId,
  credit,
  evaluation,
}: Pick<Opinion, 'offerId' | 'credit' | 'evaluation'>): string =>
  slotOf({ offer_id: offerId, partnership_id: credit.partnershipId, currency: evaluation.currency });

/**
 * All that is to be said of a subject now: what each offer makes of it for the credited partnership, and
 * the taking back of what was said for another one before.
 */
export function opinionsOf(
  subject: Subject,
  customer: CustomerFacts,
  history: History,
  book: OfferBook,
): Opinion[] {
  const current = currentOpinions(subject, customer, history, book);
  const taken = new Set(current.map(slotOfOpinion));
  return [...current, ...withdrawals(subject, history, taken)];
}

function currentOpinions(
  subject: Subject,
  customer: CustomerFacts,
  history: History,
  book: OfferBook,
): Opinion[] {
  const { credit, facts } = subject;
  if (!credit) return [];
  const program = { companyId: subject.companyId, programId: credit.programId };
  const timeZone = book.timeZone(program, facts.occurredAt);
  return applicableVersions(subject, credit, history, book).map(({ offerId, version, rule }) => {
    const evaluation = evaluate(rule, facts, {
      customer,
      timeZone,
      partnershipId: credit.partnershipId,
      groupId: null,
      override: null,
      used: NOTHING_USED,
      standing: AT_THE_START,
    });
    const ruling = rulingOn(subject, slotOfOpinion({ offerId, credit, evaluation }), history);
    return {
      offerId,
      offerVersion: version,
      credit,
      evaluation: underRuling(unlessCancelled(evaluation, facts), ruling),
      ruling,
    };
  });
}

/** That the subject is deleted outweighs an approval of its commission, not an earlier refusal. */
function rulingOn({ deletion }: Subject, slot: string, { commissions }: History): CommissionRuling | null {
  const own = commissions.find((candidate) => slotOf(candidate) === slot)?.ruling ?? null;
  return own && own.kind !== 'approved' ? own : (deletion ?? own);
}

/**
 * The versions in force when it happened. Once a subject was evaluated it stays with those versions: an
 * offer that is created back-dated later must not make a refund of last year earn a commission.
 */
function applicableVersions(
  subject: Subject,
  credit: Credit,
  history: History,
  book: OfferBook,
): BookedVersion[] {
  const program = { companyId: subject.companyId, programId: credit.programId };
  const judgedBy = new Map(
    history.evaluations
      .filter((past) => past.program_id === credit.programId)
      .map((past) => [past.offer_id, past.offer_version]),
  );
  if (judgedBy.size === 0) return book.inForce(program, subject.facts.occurredAt);
  return [...judgedBy].flatMap(([offerId, version]) => book.version(program, offerId, version) ?? []);
}

function withdrawals(subject: Subject, history: History, taken: ReadonlySet<string>): Opinion[] {
  return history.evaluations
    .filter((past) => isQualifying(past.outcome))
    .filter((past) => !taken.has(slotOf(past)))
    .flatMap((past) => withdrawal(subject, past, history) ?? []);
}

function withdrawal(subject: Subject, past: PastEvaluation, history: History): Opinion | null {
  const commission = history.commissions.find((candidate) => slotOf(candidate) === slotOf(past));
  if (!commission) return null;
  return {
    offerId: asId('Offer', past.offer_id),
    offerVersion: past.offer_version,
    credit: {
      partnershipId: asId('Partnership', past.partnership_id),
      partnerId: asId('Partner', commission.partner_id),
      programId: asId('Program', past.program_id),
    },
    evaluation: withdrawn(
      parseCurrency(past.currency),
      subject.credit?.partnershipId === past.partnership_id ? 'corrected' : 'credited elsewhere',
    ),
    ruling: null,
  };
}
