import { asCurrency, asId, type Id } from '#kernel';
import { type CommissionRuling, type Evaluation, isQualifying, type Standing, withdrawn } from '#rules';
import type { Credit, Subject } from '../subject/subject.js';
import type { History, PastEvaluation } from './history.js';
import { standingOf } from './standing.js';

/** What one offer version says of a subject for one partnership. */
export interface Opinion {
  readonly offerId: Id<'Offer'>;
  readonly offerVersion: number;
  readonly credit: Credit;
  /** After the company had its say. */
  readonly evaluation: Evaluation;
  /** Where it stands in the posting order; null where no tier or budget counts. */
  readonly standing: Standing | null;
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
 * The taking back of what was said for another partnership, offer or currency before.
 * @param taken slots of which something else is said now
 */
export function withdrawals(subject: Subject, history: History, taken: ReadonlySet<string>): Opinion[] {
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
      asCurrency(past.currency),
      subject.credit?.partnershipId === past.partnership_id ? 'corrected' : 'credited elsewhere',
    ),
    standing: past.standing && standingOf(past.standing),
    ruling: null,
  };
}
