import { subjectKeyOf } from '#contracts';
import { asId, type Id } from '#kernel';
import { type Action, type CausingEvent, type FactDelivery, subjectOfFact } from './action.js';
import type { PresentedClicks } from './presented-clicks.js';
import { codesOf, type PresentedCodes } from './presented-codes.js';
import type { Grounds } from './grounds.js';

/** Something a customer did that is not decided yet, or told anew. */
export interface Fact extends Action {
  readonly customerKey: string;
  readonly email: string | null;
  /** The event that told it; null when the company's staff did. */
  readonly event: CausingEvent | null;
  /** What was decided of a lead or deal that was closed before; null for all that is new. */
  readonly supersedes: { readonly decisionId: Id<'Decision'>; readonly revision: number } | null;
}

/** What a fact brings along to name its referrer. */
export interface Evidence {
  readonly clicks: PresentedClicks;
  readonly codes: PresentedCodes;
}

export function factOf(delivery: FactDelivery, { clicks, codes }: Evidence, grounds: Grounds): Fact {
  const { data } = delivery;
  const subject = subjectOfFact(delivery);
  return {
    companyId: delivery.companyId,
    kind: subject.kind,
    subject,
    subjectKey: subjectKeyOf(subject),
    customerKey: data.customerKey,
    email: data.email,
    occurredAt: delivery.occurredAt,
    presented: clicks.evidenceOf(delivery, grounds),
    presentedClickId: data.clickId === null ? null : asId('Click', data.clickId),
    visitorId: clicks.clickOf(delivery)?.visitorId ?? null,
    presentedCodes: codesOf(delivery),
    codes: codes.evidenceOf(delivery, grounds),
    submittedBy: null,
    cancelledAt: null,
    event: delivery,
    supersedes: null,
  };
}
