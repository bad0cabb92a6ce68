/** Every field of the native format that a company's own body may name differently. */
export const NATIVE_FIELDS = {
  type: 'type',
  timestamp: 'timestamp',
  test: 'test',
  clickId: 'data.clickId',
  codes: 'data.codes',
  'customer.id': 'data.customer.id',
  'customer.email': 'data.customer.email',
  'order.id': 'data.order.id',
  'order.amount': 'data.order.amount',
  'order.tax': 'data.order.tax',
  'order.shipping': 'data.order.shipping',
  'order.currency': 'data.order.currency',
  'order.lines': 'data.order.lines',
  'fulfilment.lines': 'data.fulfilment.lines',
  'refund.id': 'data.refund.id',
  'refund.amount': 'data.refund.amount',
  'refund.currency': 'data.refund.currency',
  'chargeback.id': 'data.chargeback.id',
  'chargeback.amount': 'data.chargeback.amount',
  'chargeback.currency': 'data.chargeback.currency',
  'chargeback.outcome': 'data.chargeback.outcome',
  'action.id': 'data.action.id',
  'action.name': 'data.action.name',
  // Within one entry of a list:
  'line.id': 'id',
  'line.product': 'product',
  'line.category': 'category',
  'line.amount': 'amount',
  'code.text': 'code',
} as const;
export type NativeField = keyof typeof NATIVE_FIELDS;

export const NATIVE_TYPES = [
  'customer.signed_up',
  'order.placed',
  'order.fulfilled',
  'order.refunded',
  'order.cancelled',
  'order.charged_back',
  'action.performed',
] as const;
export type NativeType = (typeof NATIVE_TYPES)[number];

/** How a company's body differs from the native format; what it does not name stays as documented. */
export interface Mapping {
  /** The company's own event type → ours. */
  readonly types: Readonly<Record<string, NativeType>>;
  /** Our field → dotted path in the company's body, tried before the documented one. */
  readonly fields: Readonly<Partial<Record<NativeField, string>>>;
}

export const NO_MAPPING: Mapping = { types: {}, fields: {} };
