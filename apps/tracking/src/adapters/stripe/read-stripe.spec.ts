import { newId, publicId } from '#kernel';
import { readStripe } from './read-stripe.js';
import {
  chargeRefunded,
  checkoutCompleted,
  disputeEvent,
  invoiceLine,
  invoicePaid,
  invoicePaymentPaid,
  stripeEvent,
} from '../../../test/stripe-events.js';
import { stripeIdentity } from './stripe-identity.js';

const RECEIVED = new Date('2026-05-12T10:00:02.000Z');

const read = (event: object) => readStripe(Buffer.from(JSON.stringify(event)), RECEIVED);
const valueOf = (event: object) => {
  const reading = read(event);
  if (reading.kind !== 'read') throw new Error(JSON.stringify(reading));
  return reading.value;
};

describe('Stripe events', () => {
  it('takes a one-off checkout for the sale, by its payment intent', () => {
    expect(valueOf(checkoutCompleted({}))).toEqual({
      kind: 'sale',
      time: { occurredAt: new Date('2026-05-12T10:00:00.999Z'), isFromFuture: false },
      names: [
        { kind: 'payment_intent', value: 'pi_1' },
        { kind: 'checkout_session', value: 'cs_1' },
      ],
      customer: { stripeId: 'cus_1', ownKey: null, email: 'ada@example.com' },
      evidence: { clickId: null, isClickIdMalformed: false, codes: [] },
      price: { amount: 11_900, tax: 1_900, shipping: 500, currency: 'EUR', lines: [] },
    });
  });

  it('takes the invoice for the sale where one follows the checkout', () => {
    for (const session of [
      { mode: 'subscription' as const, invoice: 'in_1', payment_intent: null },
      { invoice: 'in_1' },
      { invoice_creation: { enabled: true } },
    ]) {
      expect(valueOf(checkoutCompleted(session))).toMatchObject({
        kind: 'introduction',
        time: { occurredAt: new Date('2026-05-12T09:58:20.999Z') },
      });
    }
    expect(valueOf(invoicePaid({}))).toMatchObject({
      kind: 'sale',
      time: { occurredAt: new Date('2026-05-12T09:59:50.999Z') },
      names: [{ kind: 'invoice', value: 'in_1' }],
      price: { amount: 11_900, tax: 1_900, shipping: 0, currency: 'EUR' },
    });
  });

  it('reads the link from an invoice to what paid it, also expanded', () => {
    const names = [
      { kind: 'invoice', value: 'in_1' },
      { kind: 'payment_intent', value: 'pi_1' },
    ];
    const link = invoicePaymentPaid('in_1', 'pi_1');
    expect(valueOf(link)).toEqual({ kind: 'link', names });
    const payment = { type: 'payment_intent', payment_intent: { id: 'pi_1', object: 'payment_intent' } };
    expect(valueOf({ ...link, data: { object: { ...link.data.object, payment } } })).toEqual({
      kind: 'link',
      names,
    });
  });

  it('reads what was refunded of a charge so far', () => {
    expect(valueOf(chargeRefunded({ amount_refunded: 2_000 }))).toMatchObject({
      kind: 'refund',
      chargeId: 'ch_1',
      refundedTotal: 2_000,
      currency: 'EUR',
      names: [
        { kind: 'payment_intent', value: 'pi_1' },
        { kind: 'charge', value: 'ch_1' },
      ],
    });
  });

  it('finds the click in the session, the invoice or its subscription', () => {
    const click = newId('Click');
    const fl_click = publicId('Click', click);
    const subscription = { type: 'subscription_details', subscription_details: { metadata: { fl_click } } };
    for (const event of [
      checkoutCompleted({ client_reference_id: fl_click }),
      checkoutCompleted({ metadata: { fl_click }, client_reference_id: 'cart-7' }),
      invoicePaid({ metadata: { fl_click } }),
      invoicePaid({ parent: subscription }),
    ]) {
      expect(valueOf(event)).toMatchObject({ evidence: { clickId: click, isClickIdMalformed: false } });
    }
    expect(valueOf(checkoutCompleted({ client_reference_id: 'cart-7' }))).toMatchObject({
      evidence: { clickId: null, isClickIdMalformed: false },
    });
    expect(valueOf(invoicePaid({ metadata: { fl_click: 'gclid' } }))).toMatchObject({
      evidence: { clickId: null, isClickIdMalformed: true },
    });
  });

  it('A-17 finds discount codes in the metadata and among the promotion codes, by id or expanded', () => {
    const codesOf = (event: object) => {
      const value = valueOf(event);
      return 'evidence' in value ? value.evidence.codes : null;
    };
    const withDiscounts = (event: ReturnType<typeof stripeEvent>, discounts: unknown) =>
      codesOf({ ...event, data: { object: { ...event.data.object, discounts } } });
    const byId = { coupon: null, promotion_code: 'promo_1' };
    const expanded = { coupon: null, promotion_code: { id: 'promo_2', code: 'Grace10' } };
    const withoutCode = { coupon: 'coupon_1', promotion_code: null };
    const checkout = checkoutCompleted({ metadata: { fl_code: 'ADA10' } });
    expect(withDiscounts(checkout, [byId, expanded, withoutCode])).toEqual(['ADA10', 'promo_1', 'Grace10']);
    expect(withDiscounts(invoicePaid({}), ['di_1'])).toEqual([]);
    expect(withDiscounts(invoicePaid({}), [{ id: 'di_1', promotion_code: 'promo_3' }])).toEqual(['promo_3']);
  });

  it('reads the lines of an invoice without tax and discounts, and never more than was paid', () => {
    const linesOf = (event: object) => {
      const value = valueOf(event);
      return value.kind === 'sale' ? value.price.lines : null;
    };
    const line = (lineKey: string, productKey: string | null, amount: number) => ({
      lineKey,
      productKey,
      categoryKey: null,
      amount,
    });
    const paid = { amount_paid: 11_900, total_taxes: [{ amount: 1_900 }] };
    expect(
      linesOf(
        invoicePaid({
          ...paid,
          lines: {
            data: [
              invoiceLine('il_1', 'prod_1', 8_000, { discount_amounts: [{ amount: 1_000 }] }),
              invoiceLine('il_2', 'prod_2', 3_570, { taxes: [{ amount: 570, tax_behavior: 'inclusive' }] }),
              invoiceLine('il_3', null, 0),
            ],
          },
        }),
      ),
    ).toEqual([line('il_1', 'prod_1', 7_000), line('il_2', 'prod_2', 3_000)]);
    expect(
      linesOf(
        invoicePaid({
          amount_paid: 1_000,
          total_taxes: [],
          lines: {
            data: [
              invoiceLine('il_1', 'basic', -500),
              invoiceLine('il_2', 'pro', 1_000),
              invoiceLine('il_3', 'seat', 500),
            ],
          },
        }),
      ),
    ).toEqual([line('il_2', 'pro', 667), line('il_3', 'seat', 333)]);
  });

  it('reads a dispute as a chargeback, and one that takes no money as nothing', () => {
    expect(valueOf(disputeEvent('charge.dispute.created', {}))).toEqual({
      kind: 'chargeback',
      time: { occurredAt: new Date('2026-05-12T10:00:00.999Z'), isFromFuture: false },
      names: [
        { kind: 'payment_intent', value: 'pi_1' },
        { kind: 'charge', value: 'ch_1' },
      ],
      chargebackKey: 'du_1',
      amount: 5_000,
      currency: 'EUR',
      outcome: 'opened',
    });
    for (const [status, outcome] of [
      ['won', 'won'],
      ['lost', 'lost'],
    ] as const) {
      expect(valueOf(disputeEvent('charge.dispute.closed', { status }))).toMatchObject({ outcome });
    }
    const nothing = { kind: 'ignored', reason: 'NOTHING_WITHDRAWN' };
    for (const status of ['warning_needs_response', 'warning_under_review', 'prevented'] as const) {
      expect(read(disputeEvent('charge.dispute.created', { status }))).toEqual(nothing);
    }
    expect(read(disputeEvent('charge.dispute.closed', { status: 'warning_closed' }))).toEqual(nothing);
    expect(valueOf(disputeEvent('charge.dispute.funds_withdrawn', {}))).toMatchObject({ outcome: 'opened' });
    expect(read(disputeEvent('charge.dispute.closed', { status: 'under_review' }))).toMatchObject({
      failure: { code: 'FIELD_INVALID', field: 'data.object.status' },
    });
  });

  it("prefers the company's own customer key", () => {
    expect(valueOf(invoicePaid({ metadata: { customerKey: 'u-1' } }))).toMatchObject({
      customer: { stripeId: 'cus_1', ownKey: 'u-1' },
    });
  });

  it('never posts test mode, unpaid checkouts, or sales of nothing', () => {
    const ignored = (reason: string) => ({ kind: 'ignored', reason });
    expect(read({ ...invoicePaid({}), livemode: false })).toEqual(ignored('TEST_MODE'));
    expect(read(checkoutCompleted({ payment_status: 'unpaid' }))).toEqual(ignored('PAYMENT_PENDING'));
    expect(
      read({ ...checkoutCompleted({}), type: 'checkout.session.async_payment_succeeded' }),
    ).toMatchObject({ kind: 'read' });
    expect(read(checkoutCompleted({ mode: 'setup' }))).toEqual(ignored('NOTHING_PAID'));
    expect(read(checkoutCompleted({ amount_total: 0 }))).toEqual(ignored('NOTHING_PAID'));
    expect(read(invoicePaid({ amount_paid: 0 }))).toEqual(ignored('NOTHING_PAID'));
    expect(read(stripeEvent('customer.created', { id: 'cus_1' }))).toEqual(ignored('UNSUPPORTED_TYPE'));
    expect(read(stripeEvent('customer.subscription.deleted', { id: 'sub_1' }))).toEqual(
      ignored('SUBSCRIPTION_ENDED'),
    );
  });

  it('A-24 names the field it cannot read', () => {
    const failure = (code: string, field: string) => ({ kind: 'failed', failure: { code, field } });
    expect(read(invoicePaid({ amount_paid: -1 }))).toMatchObject(
      failure('AMOUNT_INVALID', 'data.object.amount_paid'),
    );
    expect(read(invoicePaid({ currency: 'xyz' }))).toMatchObject(
      failure('CURRENCY_UNKNOWN', 'data.object.currency'),
    );
    expect(read(checkoutCompleted({ id: '' }))).toMatchObject(failure('FIELD_INVALID', 'data.object.id'));
    const { livemode: _, ...withoutMode } = invoicePaid({});
    expect(read(withoutMode)).toMatchObject(failure('FIELD_INVALID', 'livemode'));
  });
});

describe('sameness of Stripe requests', () => {
  const identityOf = (event: object) => stripeIdentity(Buffer.from(JSON.stringify(event)));

  it('is type, created and object, whatever else changes between attempts', () => {
    const event = invoicePaid({});
    expect(identityOf({ ...event, pending_webhooks: 0 })).toEqual(identityOf(event));
    const other = identityOf({ ...event, created: 1 });
    expect(other.externalId).toBe(event.id);
    expect(other.contentHash).not.toBe(identityOf(event).contentHash);
  });

  it('is the bytes, where there is no readable id', () => {
    const [one, other] = [stripeIdentity(Buffer.from('{')), stripeIdentity(Buffer.from('['))];
    expect(one.externalId).toMatch(/^unreadable:[0-9a-f]{64}$/);
    expect(one.externalId).not.toBe(other.externalId);
    expect(stripeIdentity(Buffer.from('[').fill('[')).contentHash).toBe(other.contentHash);
    expect(stripeIdentity(Buffer.from('['.repeat(100_000))).eventType).toBeNull();
  });
});
