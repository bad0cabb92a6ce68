import { type Effective, inForce, moneyText } from '#kernel';
import { condition, noted } from './condition.js';
import { type Evaluation, notQualified } from './evaluate.js';

/** What a program pays when several of its offers pay for one subject: all of them, or the best one. */
export const STACKING_POLICIES = ['all', 'best'] as const;
export type StackingPolicy = (typeof STACKING_POLICIES)[number];

/** A policy and since when it is in force. */
export interface StackingSetting extends Effective {
  readonly policy: StackingPolicy;
}

/** The policy in force at a time; before the first setting all offers pay. */
export function stackingInForce(settings: readonly StackingSetting[], at: Date): StackingPolicy {
  return inForce(settings, at)?.policy ?? 'all';
}

/**
 * Applies a program's policy to what its offers say of one subject. Under `best` only the one that promises
 * most qualifies, of equals the first; amounts of different currencies are not compared, so each currency has
 * its best.
 * @returns the evaluations in the same order, with the comparison among their conditions
 */
export function applyStacking(policy: StackingPolicy, evaluations: readonly Evaluation[]): Evaluation[] {
  if (policy === 'all') return [...evaluations];
  const rivals = evaluations.filter(qualifies);
  return evaluations.map((evaluation) => {
    const same = rivals.filter(({ currency }) => currency === evaluation.currency);
    if (!qualifies(evaluation) || same.length < 2) return evaluation;
    return compared(evaluation, bestOf(same));
  });
}

const qualifies = ({ outcome }: Evaluation) => outcome === 'earned' || outcome === 'waiting_fulfilment';

const bestOf = (rivals: readonly Evaluation[]) =>
  rivals.reduce((best, rival) => (rival.promised > best.promised ? rival : best));

function compared(evaluation: Evaluation, best: Evaluation): Evaluation {
  const required = 'the offer that pays most for it: the program pays one';
  const own = `pays ${moneyText(evaluation.promised, evaluation.currency)}`;
  if (evaluation === best) {
    return { ...evaluation, conditions: [...evaluation.conditions, noted('BEST_OFFER', required, own)] };
  }
  const actual = `${own}, another offer ${moneyText(best.promised, best.currency)}`;
  const lost = condition('BEST_OFFER', required, actual, false, 'no other offer had paid as much or more');
  return notQualified([...evaluation.conditions, lost], evaluation.currency);
}
