import { asId } from '#kernel';
import {
  type Action,
  type CausingEvent,
  type FactDelivery,
  kindOf,
  orderFactsOf,
  subjectKeyOf,
} from './action.js';
import type { PresentedClicks } from './presented-clicks.js';
import type { ProgramTerms } from './program-terms.js';

/** A signup or order that an event of this batch tells. */
export interface Fact extends Action {
  readonly customerKey: string;
  readonly email: string | null;
  readonly event: CausingEvent;
}

export function factOf(delivery: FactDelivery, clicks: PresentedClicks, terms: ProgramTerms): Fact {
  const { data } = delivery;
  return {
    companyId: delivery.companyId,
    kind: kindOf(delivery),
    subjectKey: subjectKeyOf(delivery),
    customerKey: data.customerKey,
    email: data.email,
    occurredAt: delivery.occurredAt,
    presented: clicks.evidenceOf(delivery, terms),
    presentedClickId: data.clickId === null ? null : asId('Click', data.clickId),
    visitorId: clicks.clickOf(delivery)?.visitorId ?? null,
    order: delivery.type === 'order.placed' ? orderFactsOf(delivery.data) : null,
    event: delivery,
  };
}
