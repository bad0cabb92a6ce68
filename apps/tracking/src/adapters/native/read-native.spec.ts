import { newId, publicId } from '#kernel';
import { type Mapping, NO_MAPPING } from './mapping.js';
import { readNative } from './read-native.js';

const RECEIVED = new Date('2026-05-12T12:00:00.000Z');

function placed(change: Record<string, unknown> = {}, order: Record<string, unknown> = {}) {
  return {
    type: 'order.placed',
    timestamp: '2026-05-12T09:30:00.250Z',
    data: {
      customer: { id: 'cust-1', email: 'ada@example.com' },
      order: { id: '1001', amount: 11_900, tax: 1_900, shipping: 500, currency: 'eur', ...order },
    },
    ...change,
  };
}

const read = (body: unknown, mapping: Mapping = NO_MAPPING) =>
  readNative(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), mapping, RECEIVED);

const failureOf = (body: unknown) => {
  const reading = read(body);
  return reading.kind === 'failed' ? [reading.failure.code, reading.failure.field] : reading.kind;
};

const factOf = (body: unknown, mapping?: Mapping) => {
  const reading = read(body, mapping);
  if (reading.kind !== 'read') throw new Error(JSON.stringify(reading));
  return reading.value[0];
};

describe('the native format', () => {
  it('reads an order with its parts, customer and click', () => {
    const click = newId('Click');
    const body = placed();
    expect(factOf({ ...body, data: { ...body.data, clickId: publicId('Click', click) } })).toEqual({
      type: 'order.placed',
      occurredAt: new Date('2026-05-12T09:30:00.250Z'),
      isFromFuture: false,
      data: {
        orderKey: '1001',
        customerKey: 'cust-1',
        email: 'ada@example.com',
        amount: 11_900,
        tax: 1_900,
        shipping: 500,
        currency: 'EUR',
        lines: [],
        clickId: click,
        isClickIdMalformed: false,
        codes: [],
      },
    });
  });

  it('reads signups, fulfilments and refunds', () => {
    const at = { timestamp: '2026-05-12T09:30:00.250Z' };
    expect(factOf({ type: 'customer.signed_up', ...at, data: { customer: { id: 7 } } })?.data).toEqual({
      customerKey: '7',
      email: null,
      clickId: null,
      isClickIdMalformed: false,
      codes: [],
    });
    expect(factOf({ type: 'order.fulfilled', ...at, data: { order: { id: '1001' } } })?.data).toEqual({
      orderKey: '1001',
      lineKeys: null,
    });
    const refund = { id: 'r-1', amount: 100, currency: 'EUR' };
    expect(factOf({ type: 'order.refunded', ...at, data: { order: { id: '1001' }, refund } })?.data).toEqual({
      orderKey: '1001',
      currency: 'EUR',
      refund: { kind: 'single', refundKey: 'r-1', amount: 100 },
    });
  });

  it('A-24 names the field of an amount that is negative, fractional, NaN, text or over 2^53', () => {
    for (const amount of [-1, 19.99, 'NaN', '11900', null, true, [], {}]) {
      expect(failureOf(placed({}, { amount }))).toEqual([
        amount === null ? 'FIELD_MISSING' : 'AMOUNT_INVALID',
        'data.order.amount',
      ]);
    }
    const body = JSON.stringify(placed({}, { amount: 4711, tax: 0, shipping: 0 }));
    for (const literal of ['9007199254740992', '9007199254740993', '1e400', '1e16']) {
      expect(failureOf(body.replace('4711', literal))).toEqual(['AMOUNT_INVALID', 'data.order.amount']);
    }
    expect(factOf(body.replace('4711', '9007199254740991'))?.data).toMatchObject({
      amount: 9_007_199_254_740_991,
    });
    expect(factOf(body.replace('4711', '0'))?.data).toMatchObject({ amount: 0 });
    expect(failureOf(body.replace('4711', 'NaN'))).toEqual(['INVALID_JSON', null]);
  });

  it('A-24 refuses tax and shipping that exceed the amount, and accepts exactly it', () => {
    expect(failureOf(placed({}, { amount: 2_399 }))).toEqual(['AMOUNT_INVALID', 'data.order.amount']);
    expect(factOf(placed({}, { amount: 2_400 }))?.data).toMatchObject({ amount: 2_400 });
  });

  it('A-24 refuses an unknown currency', () => {
    for (const currency of ['XYZ', '', 'EURO', 978]) {
      expect(failureOf(placed({}, { currency }))).toEqual(['CURRENCY_UNKNOWN', 'data.order.currency']);
    }
  });

  it('A-24 refuses keys that are missing, empty, too long, or hold NUL or half a character', () => {
    expect(failureOf(placed({}, { id: undefined }))).toEqual(['FIELD_MISSING', 'data.order.id']);
    for (const id of ['', 'x'.repeat(256), 'a\0b', 'a\ud800', 1.5, {}]) {
      expect(failureOf(placed({}, { id }))).toEqual(['FIELD_INVALID', 'data.order.id']);
    }
    expect(factOf(placed({}, { id: 'x'.repeat(255) }))?.data).toMatchObject({ orderKey: 'x'.repeat(255) });
  });

  it('A-24 refuses a body that is no JSON, no UTF-8, or nested 100,000 deep, and lives on', () => {
    expect(failureOf('{"type": "order.placed"')).toEqual(['INVALID_JSON', null]);
    expect(failureOf('')).toEqual(['INVALID_JSON', null]);
    expect(failureOf('{"type":"order\0placed"}')).toEqual(['INVALID_JSON', null]);
    expect(readNative(Buffer.from([0x22, 0xc3, 0x28, 0x22]), NO_MAPPING, RECEIVED)).toMatchObject({
      failure: { code: 'INVALID_UTF8' },
    });
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      expect(failureOf(`${open.repeat(100_000)}1${close.repeat(100_000)}`)).toEqual([
        'NESTED_TOO_DEEP',
        null,
      ]);
    }
    expect(failureOf(`${'['.repeat(101)}${']'.repeat(101)}`)).toEqual(['NESTED_TOO_DEEP', null]);
    expect(failureOf(`${'['.repeat(100)}${']'.repeat(100)}`)).toEqual(['FIELD_MISSING', 'type']);
    expect(failureOf(`"${'['.repeat(1_000)}\\"["`)).toEqual(['FIELD_MISSING', 'type']);
  });

  it('takes __proto__ and constructor for plain names', () => {
    expect(failureOf('{"__proto__":{"type":"order.placed"}}')).toEqual(['FIELD_MISSING', 'type']);
    expect(read('{"type":"constructor"}')).toEqual({ kind: 'ignored', reason: 'UNSUPPORTED_TYPE' });
  });

  it('ignores types it does not handle, and test mode', () => {
    expect(read(placed({ type: 'cart.abandoned' }))).toEqual({ kind: 'ignored', reason: 'UNSUPPORTED_TYPE' });
    expect(read(placed({ test: true }))).toEqual({ kind: 'ignored', reason: 'TEST_MODE' });
  });

  it('counts a time in seconds as the end of that second', () => {
    const at = (timestamp: string) => factOf(placed({ timestamp }))?.occurredAt.toISOString();
    expect(at('2026-05-12T09:30:00Z')).toBe('2026-05-12T09:30:00.999Z');
    expect(at('2026-05-12T11:30:00+02:00')).toBe('2026-05-12T09:30:00.999Z');
    expect(at('2026-05-12T09:30:00.000Z')).toBe('2026-05-12T09:30:00.000Z');
    for (const timestamp of ['2026-05-12', '2026-02-30T00:00:00Z', '2026-05-12T09:30:00', 'now', 1]) {
      expect(failureOf(placed({ timestamp }))).toEqual(['TIME_INVALID', 'timestamp']);
    }
  });

  it('takes no time before 1970: years below 100 would come back from PostgreSQL as ours', () => {
    for (const timestamp of ['1969-12-31T23:59:59Z', '0044-03-01T00:00:00Z', '0000-01-01T00:00:00Z']) {
      expect(failureOf(placed({ timestamp }))).toEqual(['TIME_INVALID', 'timestamp']);
    }
    expect(factOf(placed({ timestamp: '1970-01-01T00:00:00.000Z' }))?.occurredAt).toEqual(new Date(0));
  });

  it('believes a time up to 10 minutes ahead, and beyond takes the receipt', () => {
    expect(factOf(placed({ timestamp: '2026-05-12T12:10:00.000Z' }))).toMatchObject({
      occurredAt: new Date('2026-05-12T12:10:00.000Z'),
      isFromFuture: false,
    });
    expect(factOf(placed({ timestamp: '2026-05-12T12:10:00.001Z' }))).toMatchObject({
      occurredAt: RECEIVED,
      isFromFuture: true,
    });
  });

  it('keeps an order whose click id is not one of ours', () => {
    const body = placed();
    for (const clickId of ['gclid-123', 'clk_zzz', 42]) {
      expect(factOf({ ...body, data: { ...body.data, clickId } })?.data).toMatchObject({
        clickId: null,
        isClickIdMalformed: true,
      });
    }
  });

  it("A-24 reads a company's own names through its mapping, and the documented ones beside them", () => {
    const mapping: Mapping = {
      types: { purchase: 'order.placed' },
      fields: { type: 'event', timestamp: 'created_at', 'order.id': 'purchase.lines.0.reference' },
    };
    const { data } = placed();
    const own = {
      event: 'purchase',
      created_at: '2026-05-12T09:30:00.250Z',
      purchase: { lines: [{ reference: 'P-9' }] },
      data,
    };
    expect(factOf(own, mapping)?.data).toMatchObject({ orderKey: 'P-9', amount: 11_900 });
    expect(factOf(placed(), mapping)?.data).toMatchObject({ orderKey: '1001' });
  });
});
