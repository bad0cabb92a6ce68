import { CHARGEBACK_OUTCOMES, type ChargebackOutcome, type ReferralEvidence } from '#contracts';
import { type EventTime, isoTime } from '../event-time.js';
import {
  evidenceOf,
  optionalAmount,
  optionalText,
  requiredAmount,
  requiredCurrency,
  requiredText,
} from '../fields.js';
import { attempt, type Fact, ignoredReading, type Reading, unreadableField } from '../reading.js';
import { readJson } from '../read-json.js';
import { codesOf, fulfilledLinesOf, linesOf } from './lists.js';
import { type Look, lookThrough } from './look.js';
import { type Mapping, NATIVE_TYPES, type NativeType } from './mapping.js';

/** Reads a body of the native format (docs/native-webhooks.md) through the company's mapping. */
export function readNative(body: Buffer, mapping: Mapping, receivedAt: Date): Reading<readonly Fact[]> {
  return attempt<readonly Fact[]>(() => {
    const look = lookThrough(mapping, readJson(body));
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
    data: { ...customerOf(look), ...evidenceIn(look) },
  }),
  'order.placed': (look, time) => {
    const amounts = amountsOf(look);
    return {
      type: 'order.placed',
      ...time,
      data: {
        orderKey: orderKeyOf(look),
        ...customerOf(look),
        ...amounts,
        currency: requiredCurrency(look('order.currency')),
        lines: linesOf(look, amounts.amount),
        ...evidenceIn(look),
      },
    };
  },
  'order.fulfilled': (look, time) => ({
    type: 'order.fulfilled',
    ...time,
    data: { orderKey: orderKeyOf(look), lineKeys: fulfilledLinesOf(look) },
  }),
  'order.refunded': (look, time) => ({
    type: 'order.refunded',
    ...time,
    data: {
      orderKey: orderKeyOf(look),
      currency: requiredCurrency(look('refund.currency')),
      refund: {
        kind: 'single',
        refundKey: requiredText(look('refund.id')),
        amount: requiredAmount(look('refund.amount')),
      },
    },
  }),
  'order.cancelled': (look, time) => ({
    type: 'order.cancelled',
    ...time,
    data: { orderKey: orderKeyOf(look) },
  }),
  'order.charged_back': (look, time) => ({
    type: 'order.charged_back',
    ...time,
    data: {
      orderKey: orderKeyOf(look),
      chargebackKey: requiredText(look('chargeback.id')),
      currency: requiredCurrency(look('chargeback.currency')),
      amount: requiredAmount(look('chargeback.amount')),
      outcome: outcomeOf(look),
    },
  }),
  'action.performed': (look, time) => ({
    type: 'action.performed',
    ...time,
    data: {
      ...customerOf(look),
      actionKey: requiredText(look('action.id')),
      action: requiredText(look('action.name')),
      ...evidenceIn(look),
    },
  }),
};

const orderKeyOf = (look: Look) => requiredText(look('order.id'));

const customerOf = (look: Look) => ({
  customerKey: requiredText(look('customer.id')),
  email: optionalText(look('customer.email')),
});

const evidenceIn = (look: Look): ReferralEvidence => evidenceOf(look('clickId').value, codesOf(look));

function outcomeOf(look: Look): ChargebackOutcome {
  const found = look('chargeback.outcome');
  const given = requiredText(found);
  const outcome = CHARGEBACK_OUTCOMES.find((known) => known === given);
  if (outcome) return outcome;
  const message = `must be one of ${CHARGEBACK_OUTCOMES.join(', ')}`;
  throw unreadableField('FIELD_INVALID', { field: found.field, message });
}

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
