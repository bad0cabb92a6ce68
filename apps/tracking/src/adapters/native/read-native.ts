import { type EventTime, isoTime } from '../event-time.js';
import {
  evidenceOf,
  find,
  type Found,
  optionalAmount,
  optionalText,
  requiredAmount,
  requiredCurrency,
  requiredText,
} from '../fields.js';
import { attempt, type Fact, ignoredReading, type Reading, unreadableField } from '../reading.js';
import { readJson } from '../read-json.js';
import { type Mapping, NATIVE_FIELDS, NATIVE_TYPES, type NativeField, type NativeType } from './mapping.js';

type Look = (field: NativeField) => Found;

/** Reads a body of the native format (docs/native-webhooks.md) through the company's mapping. */
export function readNative(body: Buffer, mapping: Mapping, receivedAt: Date): Reading<readonly Fact[]> {
  return attempt<readonly Fact[]>(() => {
    const json = readJson(body);
    const look: Look = (field) => {
      const mapped = mapping.fields[field];
      const found = mapped === undefined ? undefined : find(json, mapped);
      return found?.value === undefined ? find(json, NATIVE_FIELDS[field]) : found;
    };
    const type = typeOf(requiredText(look('type')), mapping);
    if (!type) return ignoredReading('UNSUPPORTED_TYPE');
    if (look('test').value === true) return ignoredReading('TEST_MODE');
    const time = isoTime(look('timestamp'), receivedAt);
    return { kind: 'read', value: [READERS[type](look, time)] };
  });
}

function typeOf(given: string, mapping: Mapping): NativeType | undefined {
  if (Object.hasOwn(mapping.types, given)) return mapping.types[given];
  return NATIVE_TYPES.find((type) => type === given);
}

const READERS: Readonly<Record<NativeType, (look: Look, time: EventTime) => Fact>> = {
  'customer.signed_up': (look, time) => ({
    type: 'customer.signed_up',
    ...time,
    data: {
      customerKey: requiredText(look('customer.id')),
      email: optionalText(look('customer.email')),
      ...evidenceOf(look('clickId').value),
    },
  }),
  'order.placed': (look, time) => ({
    type: 'order.placed',
    ...time,
    data: {
      orderKey: requiredText(look('order.id')),
      customerKey: requiredText(look('customer.id')),
      email: optionalText(look('customer.email')),
      ...amountsOf(look),
      currency: requiredCurrency(look('order.currency')),
      ...evidenceOf(look('clickId').value),
    },
  }),
  'order.fulfilled': (look, time) => ({
    type: 'order.fulfilled',
    ...time,
    data: { orderKey: requiredText(look('order.id')) },
  }),
  'order.refunded': (look, time) => ({
    type: 'order.refunded',
    ...time,
    data: {
      orderKey: requiredText(look('order.id')),
      currency: requiredCurrency(look('refund.currency')),
      refund: {
        kind: 'single',
        refundKey: requiredText(look('refund.id')),
        amount: requiredAmount(look('refund.amount')),
      },
    },
  }),
};

function amountsOf(look: Look) {
  const amount = requiredAmount(look('order.amount'));
  const tax = optionalAmount(look('order.tax'));
  const shipping = optionalAmount(look('order.shipping'));
  if (tax + shipping > amount) {
    const { field } = look('order.amount');
    throw unreadableField('AMOUNT_INVALID', { field, message: 'must include its tax and shipping' });
  }
  return { amount, tax, shipping };
}
