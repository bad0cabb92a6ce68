import { asId, parseCurrency } from '#kernel';
import type { OfferRule } from '../src/commissions/offer-rule.js';
import { AT_THE_START, NOTHING_USED, type Situation } from '../src/commissions/situation.js';
import type { ActionFacts, OrderFacts, OrderLine, SignupFacts } from '../src/commissions/subject.js';

export const EUR = parseCurrency('EUR');
export const USD = parseCurrency('USD');
export const BERLIN = 'Europe/Berlin';
export const PARTNERSHIP = asId('Partnership', '00000000-0000-7000-8000-000000000001');

/** 20 % of every sale; every field can be said otherwise. */
export const rule = (changes: Partial<OfferRule> = {}): OfferRule => ({
  trigger: 'sale',
  action: null,
  reward: { kind: 'percent', basisPoints: 2000, base: 'gross' },
  duration: { kind: 'unlimited' },
  minimumOrder: null,
  products: null,
  minimumCommission: null,
  maximumCommission: null,
  customerCap: null,
  partnerBudget: null,
  programBudget: null,
  audience: { kind: 'everyone' },
  endsAt: null,
  holdDays: 30,
  review: 'automatic',
  ...changes,
});

/** An order of 100.00 EUR, paid and with nothing to ship. */
export const order = (changes: Partial<OrderFacts> = {}): OrderFacts => ({
  kind: 'order',
  occurredAt: new Date('2026-05-12T10:00:00Z'),
  amount: 10_000n,
  tax: 1_597n,
  shipping: 500n,
  currency: EUR,
  lines: [],
  fulfilmentPolicy: 'none',
  fulfilledAt: null,
  completedAt: null,
  fulfilledLines: new Set(),
  cancelledAt: null,
  refunded: 0n,
  chargedBack: 0n,
  ...changes,
});

export const line = (lineKey: string, amount: bigint, of: Partial<OrderLine> = {}): OrderLine => ({
  lineKey,
  productKey: null,
  categoryKey: null,
  amount,
  ...of,
});

export const signup: SignupFacts = { kind: 'signup', occurredAt: new Date('2026-05-01T00:00:00Z') };

export const action = (name: string): ActionFacts => ({
  kind: 'action',
  occurredAt: new Date('2026-05-01T00:00:00Z'),
  action: name,
});

/** In Berlin, with nothing known of the customer and nothing counted yet. */
export const situation = (changes: Partial<Situation> = {}): Situation => ({
  customer: { signedUpAt: null, firstPaidAt: null },
  timeZone: BERLIN,
  partnershipId: PARTNERSHIP,
  groupId: null,
  override: null,
  used: NOTHING_USED,
  standing: AT_THE_START,
  ...changes,
});
