import type { Delivery } from '#bus';
import type {
  AttributionDecided,
  ChargebackOutcome,
  FulfilmentPolicy,
  OrderLine,
  OrderRefunded,
} from '#contracts';
import { type Id, newId } from '#kernel';
import type { AnyDelivery, Tenant } from './commissions-fixture.js';

export interface Partner {
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
}

export const aPartner = (): Partner => ({
  partnershipId: newId('Partnership'),
  partnerId: newId('Partner'),
});

interface OrderDecision {
  readonly orderKey: string;
  readonly partner: Partner | null;
  readonly placedAt?: string;
  readonly revision?: number;
  readonly amount?: number;
  readonly currency?: string;
  readonly fulfilmentPolicy?: FulfilmentPolicy;
  readonly lines?: readonly OrderLine[];
  readonly customerId?: Id<'Customer'>;
  readonly firstPaidAt?: string | null;
  readonly signedUpAt?: string | null;
}

/** An order of 100.00 EUR, credited to `partner`; every default can be said otherwise. */
export function orderDecided(tenant: Tenant, order: OrderDecision): Delivery<'attribution.decided'> {
  const placedAt = order.placedAt ?? '2026-05-12T10:00:00Z';
  return envelope(tenant, 'attribution.decided', placedAt, {
    ...decision(tenant, order.partner, order.revision),
    customerId: order.customerId ?? newId('Customer'),
    customerKey: `customer of ${order.orderKey}`,
    signedUpAt: order.signedUpAt ?? null,
    firstPaidAt: order.firstPaidAt ?? null,
    subject: {
      kind: 'order',
      orderKey: order.orderKey,
      amount: order.amount ?? 10_000,
      tax: 0,
      shipping: 0,
      currency: order.currency ?? 'EUR',
      fulfilmentPolicy: order.fulfilmentPolicy ?? 'none',
      lines: order.lines ?? [],
    },
  });
}

export function signupDecided(
  tenant: Tenant,
  signup: { customerKey: string; partner: Partner | null; at: string; customerId?: Id<'Customer'> },
): Delivery<'attribution.decided'> {
  return envelope(tenant, 'attribution.decided', signup.at, {
    ...decision(tenant, signup.partner, 1),
    customerId: signup.customerId ?? newId('Customer'),
    customerKey: signup.customerKey,
    signedUpAt: signup.at,
    firstPaidAt: null,
    subject: { kind: 'signup', customerKey: signup.customerKey },
  });
}

/** A won lead or deal, or an action of a customer. */
export function otherDecided(
  tenant: Tenant,
  partner: Partner,
  subject: Extract<AttributionDecided['subject'], { key: string }>,
  at = '2026-05-12T10:00:00Z',
  { customerId = newId('Customer'), revision = 1 } = {},
): Delivery<'attribution.decided'> {
  return envelope(tenant, 'attribution.decided', at, {
    ...decision(tenant, partner, revision),
    customerId,
    customerKey: `customer of ${subject.key}`,
    signedUpAt: null,
    firstPaidAt: null,
    subject,
  });
}

export const fulfilled = (
  tenant: Tenant,
  orderKey: string,
  at: string,
  lineKeys: readonly string[] | null = null,
): Delivery<'order.fulfilled'> => envelope(tenant, 'order.fulfilled', at, { ...SOURCE, orderKey, lineKeys });

export function refunded(
  tenant: Tenant,
  orderKey: string,
  refund: OrderRefunded['refund'],
  at = '2026-05-20T10:00:00Z',
  currency = 'EUR',
): Delivery<'order.refunded'> {
  return envelope(tenant, 'order.refunded', at, { ...SOURCE, orderKey, currency, refund });
}

export const cancelled = (
  tenant: Tenant,
  orderKey: string,
  at = '2026-05-18T10:00:00Z',
): Delivery<'order.cancelled'> => envelope(tenant, 'order.cancelled', at, { ...SOURCE, orderKey });

export function chargedBack(
  tenant: Tenant,
  orderKey: string,
  chargeback: { chargebackKey?: string; outcome: ChargebackOutcome; amount?: number; currency?: string },
  at = '2026-05-20T10:00:00Z',
): Delivery<'order.charged_back'> {
  const { chargebackKey = 'cb1', outcome, amount = 10_000, currency = 'EUR' } = chargeback;
  return envelope(tenant, 'order.charged_back', at, {
    ...SOURCE,
    orderKey,
    chargebackKey,
    outcome,
    amount,
    currency,
  });
}

export const customerDeleted = (
  tenant: Tenant,
  customerId: Id<'Customer'>,
  commissions: 'keep' | 'reverse',
  at = '2026-05-20T10:00:00Z',
): Delivery<'customer.deleted'> =>
  envelope(tenant, 'customer.deleted', at, {
    customerId,
    reason: 'FRAUD',
    note: null,
    commissions,
    seenBy: null,
  });

/** The same fact under another event id, as a second webhook would bring it. */
export const again = <D extends { readonly eventId: Id<'Event'> }>(delivery: D): D => ({
  ...delivery,
  eventId: newId('Event'),
});

const SOURCE = { integrationId: newId('Integration'), requestId: newId('WebhookRequest') };

function decision(tenant: Tenant, partner: Partner | null, revision = 1) {
  return {
    decisionId: newId('Decision'),
    revision,
    winner: partner && { ...partner, programId: tenant.programId, method: 'last_click' as const },
    reason: partner ? 'LAST_CLICK' : 'NO_CLICK_ID_PRESENTED',
  } satisfies Partial<AttributionDecided>;
}

function envelope<T extends AnyDelivery['type'], D>(tenant: Tenant, type: T, occurredAt: string, data: D) {
  const eventId = newId('Event');
  return {
    eventId,
    correlationId: eventId,
    companyId: tenant.companyId,
    type,
    occurredAt: new Date(occurredAt),
    attempts: 0,
    data,
  };
}
