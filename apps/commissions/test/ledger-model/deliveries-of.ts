import type { Id } from '#kernel';
import type { AnyDelivery, Tenant } from '../commissions-fixture.js';
import { cancelled, chargedBack, fulfilled, orderDecided, type Partner, refunded } from '../deliveries.js';
import { type Fact, type OrderStory, timeOn } from './story.js';

/** Who and what the order of a fact is about. */
export interface OrderNames {
  readonly tenant: Tenant;
  readonly story: OrderStory;
  readonly customerId: Id<'Customer'>;
  /** Whom a credit names. */
  readonly partner: Partner | null;
  /** How often the order was credited, up to this fact. */
  readonly revision: number;
}

export const keyOf = (order: number): string => `order ${order}`;

/** A fact as another service would tell it. */
export function deliveryOf(fact: Fact, names: OrderNames): AnyDelivery {
  const { tenant, story } = names;
  const orderKey = keyOf(fact.order);
  const later = (days: number) => timeOn(story.day + days).toISOString();
  switch (fact.kind) {
    case 'credited':
      return orderDecided(tenant, {
        orderKey,
        revision: names.revision,
        partner: names.partner,
        placedAt: later(0),
        amount: story.amount,
        fulfilmentPolicy: story.policy,
        customerId: names.customerId,
      });
    case 'fulfilled':
      return fulfilled(tenant, orderKey, later(fact.daysLater));
    case 'refunded':
      return refunded(tenant, orderKey, { kind: 'single', refundKey: `r${fact.key}`, amount: fact.amount });
    case 'refunded_in_all':
      return refunded(tenant, orderKey, { kind: 'snapshot', refundedTotal: fact.total });
    case 'charged_back': {
      const { outcome, amount, daysLater } = fact;
      const chargeback = { chargebackKey: `c${fact.key}`, outcome, amount };
      return chargedBack(tenant, orderKey, chargeback, later(daysLater));
    }
    case 'cancelled':
      return cancelled(tenant, orderKey, later(0));
  }
}

/** Batches of one event type each, in the order of the deliveries; `cuts` end some of them early. */
export function batchesOf(deliveries: readonly AnyDelivery[], cuts: readonly boolean[]): AnyDelivery[][] {
  const batches: AnyDelivery[][] = [];
  for (const [at, delivery] of deliveries.entries()) {
    const last = batches.at(-1);
    if (last && last[0]?.type === delivery.type && !cuts[at % cuts.length]) last.push(delivery);
    else batches.push([delivery]);
  }
  return batches;
}
