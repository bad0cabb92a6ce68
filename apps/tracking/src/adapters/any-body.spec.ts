import fc from 'fast-check';
import { NATIVE_TYPES, NO_MAPPING } from './native/mapping.js';
import { readNative } from './native/read-native.js';
import { readStripe } from './stripe/read-stripe.js';
import { invoiceLine, invoicePaid } from '../../test/stripe-events.js';

const RECEIVED = new Date('2026-05-12T12:00:00.000Z');
const bytes = (body: unknown) => Buffer.from(JSON.stringify(body) ?? '');

/** A body that is right in places: each named part is there as it should be, missing, or anything at all. */
function bodies(parts: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  return fc.record(
    Object.fromEntries(
      Object.entries(parts).map(([name, right]) => [
        name,
        fc.oneof({ weight: 3, arbitrary: right }, fc.jsonValue()),
      ]),
    ),
    { requiredKeys: [] },
  );
}

const text = fc.constantFrom('a', '1001', 'EUR', 'won', '');
const amount = fc.constantFrom(0, 100, 1e21, -1);
const list = fc.array(fc.oneof(text, bodies({ id: text, code: text, amount })), { maxLength: 4 });

const NATIVE = bodies({
  type: fc.constantFrom(...NATIVE_TYPES),
  timestamp: fc.constantFrom('2026-05-12T09:30:00Z', '2026-05-12'),
  data: bodies({
    customer: bodies({ id: text, email: text }),
    order: bodies({ id: text, amount, tax: amount, currency: text, lines: list }),
    refund: bodies({ id: text, amount, currency: text }),
    fulfilment: bodies({ lines: list }),
    chargeback: bodies({ id: text, amount, currency: text, outcome: text }),
    action: bodies({ id: text, name: text }),
    codes: list,
  }),
});

const STRIPE = bodies({
  type: fc.constantFrom(
    'checkout.session.completed',
    'invoice.paid',
    'invoice_payment.paid',
    'charge.refunded',
    'charge.dispute.created',
    'charge.dispute.closed',
    'promotion_code.created',
  ),
  livemode: fc.constant(true),
  created: fc.constantFrom(0, 1_778_580_000),
  data: bodies({
    object: bodies({
      id: text,
      mode: fc.constantFrom('payment', 'subscription'),
      status: text,
      payment_status: text,
      amount,
      amount_paid: amount,
      amount_total: amount,
      amount_refunded: amount,
      currency: text,
      customer: text,
      charge: text,
      discounts: fc.array(bodies({ promotion_code: fc.oneof(text, bodies({ code: text })) }), {
        maxLength: 3,
      }),
      lines: bodies({ data: fc.array(bodies({ id: text, amount, taxes: list }), { maxLength: 3 }) }),
      code: text,
    }),
  }),
});

describe('bodies of any shape', () => {
  it('A-24 are read, ignored, or refused with a field; none throws', () => {
    fc.assert(
      fc.property(NATIVE, (body) => {
        expect(['read', 'ignored', 'failed']).toContain(readNative(bytes(body), NO_MAPPING, RECEIVED).kind);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(STRIPE, (body) => {
        expect(['read', 'ignored', 'failed']).toContain(readStripe(bytes(body), RECEIVED).kind);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never make the lines of an invoice more than what was paid, nor less where they cost that much', () => {
    const amounts = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 10 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 2_000_000 }), (charged, paid) => {
        const reading = readStripe(
          bytes(
            invoicePaid({
              amount_paid: paid,
              total_taxes: [],
              lines: { data: charged.map((line, index) => invoiceLine(`il_${index}`, 'prod_1', line)) },
            }),
          ),
          RECEIVED,
        );
        const sale = reading.kind === 'read' && reading.value.kind === 'sale' ? reading.value : null;
        const total = charged.filter((line) => line > 0).reduce((sum, line) => sum + line, 0);
        const lines = sale?.price.lines ?? [];
        expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(Math.min(total, paid));
        expect(lines.every((line) => line.amount >= 0)).toBe(true);
      }),
    );
  });
});
