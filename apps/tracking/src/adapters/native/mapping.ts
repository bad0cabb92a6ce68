/** Every field of the native format that a company's own body may name differently. */
export const NATIVE_FIELDS = {
  type: 'type',
  timestamp: 'timestamp',
  test: 'test',
  clickId: 'data.clickId',
  'customer.id': 'data.customer.id',
  'customer.email': 'data.customer.email',
  'order.id': 'data.order.id',
  'order.amount': 'data.order.amount',
  'order.tax': 'data.order.tax',
  'order.shipping': 'data.order.shipping',
  'order.currency': 'data.order.currency',
  'refund.id': 'data.refund.id',
  'refund.amount': 'data.refund.amount',
  'refund.currency': 'data.refund.currency',
} as const;
export type NativeField = keyof typeof NATIVE_FIELDS;

export const NATIVE_TYPES = [
  'customer.signed_up',
  'order.placed',
  'order.fulfilled',
  'order.refunded',
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
