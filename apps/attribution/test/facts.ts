import { randomUUID } from 'node:crypto';
import type { Delivery } from '#bus';
import type { CustomerSignedUp, EventType, FulfilmentPolicy } from '#contracts';
import { type Id, newId } from '#kernel';
import type { ReferralDelivery } from '../src/decision/closing.js';
import type { TestClick, TestPartner } from './attribution-app.js';

interface FactOptions {
  readonly at: Date;
  readonly customer: string;
  readonly click?: TestClick;
  readonly clickId?: Id<'Click'>;
  readonly email?: string;
  readonly codes?: readonly string[];
}

export const signup = (companyId: Id<'Company'>, options: FactOptions): Delivery<'customer.signed_up'> =>
  delivery(companyId, 'customer.signed_up', options.at, evidenceOf(options));

/** An order of 100.00 EUR, earned when paid unless its policy says otherwise. */
export const order = (
  companyId: Id<'Company'>,
  orderKey: string,
  options: FactOptions & { policy?: FulfilmentPolicy },
): Delivery<'order.placed'> =>
  delivery(companyId, 'order.placed', options.at, {
    ...evidenceOf(options),
    orderKey,
    amount: 10_000,
    tax: 1_900,
    shipping: 0,
    currency: 'EUR',
    fulfilmentPolicy: options.policy ?? 'none',
    lines: [],
  });

export const lateClick = ({
  clickId,
  visitorId,
  partner,
  clickedAt,
}: TestClick): Delivery<'click.arrived_late'> =>
  delivery(partner.companyId, 'click.arrived_late', clickedAt, {
    clickId,
    visitorId,
    partnershipId: partner.partnershipId,
    clickedAt: clickedAt.toISOString(),
  });

export const performed = (
  companyId: Id<'Company'>,
  actionKey: string,
  { action = 'demo booked', ...options }: FactOptions & { action?: string },
): Delivery<'action.performed'> =>
  delivery(companyId, 'action.performed', options.at, { ...evidenceOf(options), actionKey, action });

export const cancelled = (
  companyId: Id<'Company'>,
  orderKey: string,
  at: Date,
): Delivery<'order.cancelled'> =>
  delivery(companyId, 'order.cancelled', at, {
    integrationId: newId('Integration'),
    requestId: newId('WebhookRequest'),
    orderKey,
  });

/** A lead or deal of the partner that was closed: as won with this customer, or as lost. */
export function closed(
  { companyId, programId, partnershipId, partnerId }: TestPartner,
  referral: {
    at: Date;
    customer: string | null;
    referralId?: string;
    kind?: 'lead' | 'deal';
    revision?: number;
    amount?: number;
  },
): ReferralDelivery {
  const kind = referral.kind ?? 'lead';
  const isWon = referral.customer !== null;
  return delivery(companyId, `${kind}.closed`, referral.at, {
    referralId: referral.referralId ?? randomUUID(),
    kind,
    revision: referral.revision ?? 1,
    partnershipId,
    partnerId,
    programId,
    groupId: newId('Group'),
    outcome: isWon ? 'won' : 'lost',
    customerKey: referral.customer,
    email: null,
    amount: isWon ? (referral.amount ?? 50_000) : null,
    currency: isWon ? 'EUR' : null,
    submittedAt: referral.at.toISOString(),
    reason: isWon ? null : 'no budget',
  });
}

function evidenceOf(options: FactOptions): CustomerSignedUp {
  return {
    integrationId: newId('Integration'),
    requestId: newId('WebhookRequest'),
    customerKey: options.customer,
    email: options.email ?? null,
    clickId: options.click?.clickId ?? options.clickId ?? null,
    isClickIdMalformed: false,
    codes: options.codes ?? [],
  };
}

function delivery<T extends EventType>(
  companyId: Id<'Company'>,
  type: T,
  occurredAt: Date,
  data: Delivery<T>['data'],
): Delivery<T> {
  const eventId = newId('Event');
  return { eventId, companyId, type, occurredAt, correlationId: eventId, attempts: 0, data };
}
