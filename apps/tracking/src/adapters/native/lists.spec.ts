import { type Mapping, NO_MAPPING } from './mapping.js';
import { readNative } from './read-native.js';

const RECEIVED = new Date('2026-05-12T12:00:00.000Z');
const AT = '2026-05-12T09:30:00.250Z';

const read = (type: string, data: object, mapping: Mapping = NO_MAPPING) =>
  readNative(Buffer.from(JSON.stringify({ type, timestamp: AT, data })), mapping, RECEIVED);

const dataOf = (...given: Parameters<typeof read>) => {
  const reading = read(...given);
  if (reading.kind !== 'read') throw new Error(JSON.stringify(reading));
  return reading.value[0]?.data;
};

const failureOf = (...given: Parameters<typeof read>) => {
  const reading = read(...given);
  return reading.kind === 'failed' ? [reading.failure.code, reading.failure.field] : reading.kind;
};

const customer = { id: 'cust-1' };
const placed = (lines: unknown, change: object = {}) => ({
  customer,
  order: { id: '1001', amount: 11_900, tax: 1_900, currency: 'EUR', lines },
  ...change,
});
const line = (id: unknown, amount: unknown = 100) => ({ id, product: 'P-1', category: 'shoes', amount });

describe('lists in the native format', () => {
  it('reads the lines of an order', () => {
    const lines = [line('1', 4_000), { id: 2, amount: 6_000 }];
    expect(dataOf('order.placed', placed(lines))).toMatchObject({
      lines: [
        { lineKey: '1', productKey: 'P-1', categoryKey: 'shoes', amount: 4_000 },
        { lineKey: '2', productKey: null, categoryKey: null, amount: 6_000 },
      ],
    });
  });

  it('A-24 names the line that cannot be read', () => {
    const failure = (lines: unknown) => failureOf('order.placed', placed(lines));
    expect(failure('P-1')).toEqual(['FIELD_INVALID', 'data.order.lines']);
    expect(failure([line('1'), 'P-1'])).toEqual(['FIELD_MISSING', 'data.order.lines.1.id']);
    expect(failure([line('1', '1.00')])).toEqual(['AMOUNT_INVALID', 'data.order.lines.0.amount']);
    expect(failure([line('1'), line('2'), line(1)])).toEqual(['FIELD_INVALID', 'data.order.lines.2']);
  });

  it('A-24 takes lines up to what was paid for the order, and 1,000 of them', () => {
    const failure = (lines: unknown) => failureOf('order.placed', placed(lines));
    expect(dataOf('order.placed', placed([line('1', 11_900)]))).toBeDefined();
    expect(failure([line('1', 11_900), line('2', 1)])).toEqual(['AMOUNT_INVALID', 'data.order.lines']);
    const many = Array.from({ length: 1_001 }, (_, id) => line(id, 1));
    expect(dataOf('order.placed', placed(many.slice(1)))).toBeDefined();
    expect(failure(many)).toEqual(['FIELD_INVALID', 'data.order.lines']);
  });

  it('A-17 reads discount codes as the shop sends them', () => {
    const codes = (given: unknown, mapping?: Mapping) =>
      dataOf('order.placed', placed([], { codes: given }), mapping);
    expect(codes(['Ada10', 'SPRING'])).toMatchObject({ codes: ['Ada10', 'SPRING'] });
    expect(codes('Ada10')).toMatchObject({ codes: ['Ada10'] });
    expect(codes([{ code: 'Ada10', amount: '1.00' }])).toMatchObject({ codes: ['Ada10'] });
    for (const none of [undefined, null, '', [], ['']]) expect(codes(none)).toMatchObject({ codes: [] });
    expect(dataOf('customer.signed_up', { customer, codes: ['Ada10'] })).toMatchObject({ codes: ['Ada10'] });
  });

  it('A-24 names the code that cannot be read, and takes 50 of them', () => {
    const failure = (codes: unknown) => failureOf('order.placed', placed([], { codes }));
    expect(failure(['Ada10', true])).toEqual(['FIELD_INVALID', 'data.codes.1']);
    expect(failure([{ coupon: 'Ada10' }])).toEqual(['FIELD_MISSING', 'data.codes.0.code']);
    expect(failure({ code: 'Ada10' })).toEqual(['FIELD_INVALID', 'data.codes']);
    expect(failure(Array(51).fill('a'))).toEqual(['FIELD_INVALID', 'data.codes']);
    expect(failure(Array(50).fill('a'))).toBe('read');
  });

  it('A-21 reads which lines were fulfilled, or that all were', () => {
    const fulfilled = (lines: unknown) =>
      dataOf('order.fulfilled', { order: { id: '1' }, fulfilment: { lines } });
    expect(fulfilled(['1', 2])).toEqual({ orderKey: '1', lineKeys: ['1', '2'] });
    expect(fulfilled([{ id: '1', quantity: 1 }])).toEqual({ orderKey: '1', lineKeys: ['1'] });
    expect(fulfilled(null)).toEqual({ orderKey: '1', lineKeys: null });
    expect(failureOf('order.fulfilled', { order: { id: '1' }, fulfilment: { lines: [] } })).toEqual([
      'FIELD_INVALID',
      'data.fulfilment.lines',
    ]);
  });

  it("reads a shop's own lists through its mapping", () => {
    const mapping: Mapping = {
      types: {},
      fields: {
        codes: 'data.discount_codes',
        'code.text': 'title',
        'order.lines': 'data.line_items',
        'line.product': 'variant.sku',
        'line.amount': 'paid',
      },
    };
    const own = {
      ...placed(undefined),
      discount_codes: [{ title: 'Ada10' }],
      line_items: [{ id: 1, variant: { sku: 'SKU-7' }, paid: 500 }],
    };
    expect(dataOf('order.placed', own, mapping)).toMatchObject({
      codes: ['Ada10'],
      lines: [{ lineKey: '1', productKey: 'SKU-7', categoryKey: null, amount: 500 }],
    });
  });
});

describe('cancellations, chargebacks and actions in the native format', () => {
  it('A-20 reads a cancelled order', () => {
    expect(dataOf('order.cancelled', { order: { id: '1001' } })).toEqual({ orderKey: '1001' });
    expect(failureOf('order.cancelled', {})).toEqual(['FIELD_MISSING', 'data.order.id']);
  });

  it('reads a chargeback and what became of it', () => {
    const chargeback = { id: 'cb-1', amount: 2_000, currency: 'EUR', outcome: 'lost' };
    const given = (change: object) => ({ order: { id: '1001' }, chargeback: { ...chargeback, ...change } });
    for (const outcome of ['opened', 'won', 'lost']) {
      expect(dataOf('order.charged_back', given({ outcome }))).toEqual({
        orderKey: '1001',
        chargebackKey: 'cb-1',
        amount: 2_000,
        currency: 'EUR',
        outcome,
      });
    }
    expect(failureOf('order.charged_back', given({ outcome: 'closed' }))).toEqual([
      'FIELD_INVALID',
      'data.chargeback.outcome',
    ]);
    expect(failureOf('order.charged_back', given({ outcome: undefined }))).toEqual([
      'FIELD_MISSING',
      'data.chargeback.outcome',
    ]);
  });

  it('B-31 reads a named action with what referred it', () => {
    const action = { id: 'demo-88', name: 'Demo booked' };
    expect(dataOf('action.performed', { customer, action, codes: ['Ada10'] })).toEqual({
      customerKey: 'cust-1',
      email: null,
      actionKey: 'demo-88',
      action: 'Demo booked',
      clickId: null,
      isClickIdMalformed: false,
      codes: ['Ada10'],
    });
  });
});
