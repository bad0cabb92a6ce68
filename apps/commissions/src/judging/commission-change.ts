import type { NewEvent } from '#bus';
import { amountJson, type Id } from '#kernel';
import type { CommissionReversed } from '#contracts';
import type { Deletion } from '#rules';
import type { Subject } from '../subject/subject.js';
import type { JudgedCommission, Judgement } from './judge.js';

/** Why the amount of a commission changed. */
type ChangeReason = 'EARNED' | CommissionReversed['reason'];

export interface CommissionChange {
  /** Positive when earned, negative when reversed. */
  readonly change: bigint;
  readonly reason: ChangeReason;
}

export function changeOf(subject: Subject, { lines, reversalReason }: JudgedCommission): CommissionChange {
  const change = lines
    .filter(({ account }) => account !== 'company_expense')
    .reduce((sum, { amount }) => sum + amount, 0n);
  if (change > 0n) return { change, reason: 'EARNED' };
  if (reversalReason) return { change, reason: reversalReason };
  const { facts } = subject;
  if (facts.kind !== 'order' || facts.refunded === 0n) return { change, reason: 'CORRECTED' };
  return { change, reason: facts.chargedBack > 0n ? 'CHARGED_BACK' : 'REFUNDED' };
}

/** The delivery that made a subject be judged. */
export interface Cause {
  readonly eventId: Id<'Event'>;
  readonly correlationId: Id<'Event'>;
}

/** What partners should hear of a judgement: amounts that changed, and deletions of what was not earned yet. */
export function eventsOf({ subject, commissions }: Judgement, cause: Cause | null, now: Date): NewEvent[] {
  return commissions.flatMap((commission) => {
    const { change, reason } = changeOf(subject, commission);
    const { credit, offerId, evaluation, ruling } = commission.opinion;
    const deletion = evaluation.outcome === 'deleted' && ruling?.kind === 'deleted' ? ruling : null;
    if (change === 0n && !deletion) return [];
    const envelope = { companyId: subject.companyId, occurredAt: now, ...(cause && { cause }) };
    const stands = {
      commissionId: commission.commissionId,
      ...credit,
      offerId,
      subject: { kind: subject.kind, key: subject.key },
      currency: evaluation.currency,
      amount: amountJson(evaluation.target),
    };
    const changed = { ...stands, change: amountJson(change) };
    if (reason !== 'EARNED') {
      return [
        { type: 'commission.reversed', ...envelope, data: { ...changed, reason, deletion: shown(deletion) } },
      ];
    }
    const heldUntil = (commission.heldUntil ?? now).toISOString();
    const earned: NewEvent = { type: 'commission.earned', ...envelope, data: { ...changed, heldUntil } };
    if (commission.owed.payable <= 0n) return [earned];
    return [earned, { type: 'commission.released', ...envelope, data: stands }];
  });
}

function shown(deletion: Deletion | null): CommissionReversed['deletion'] {
  return deletion && { extent: deletion.extent, reason: deletion.reason, note: deletion.note };
}
