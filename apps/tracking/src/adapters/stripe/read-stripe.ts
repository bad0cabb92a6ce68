import { unixTime } from '../event-time.js';
import { find, requiredAmount, requiredCurrency, requiredText } from '../fields.js';
import { attempt, ignoredReading, type Reading, unreadableField } from '../reading.js';
import { readJson } from '../read-json.js';
import { readCheckout } from './read-checkout.js';
import { readClosedDispute, readOpenedDispute } from './read-dispute.js';
import { readInvoice } from './read-invoice.js';
import { idAt, type Look, paymentNames } from './stripe-fields.js';
import type { Alias, StripeStatement } from './stripe-statement.js';

type Read = (look: Look, receivedAt: Date) => Reading<StripeStatement>;

/**
 * The events read. A checkout paid by a delayed method completes unpaid and succeeds later, so both of its
 * events count. Field names are those of the API since 2025-03-31 (the types of the `stripe` library).
 */
const READERS: Readonly<Record<string, Read>> = {
  'checkout.session.completed': readCheckout,
  'checkout.session.async_payment_succeeded': readCheckout,
  'invoice.paid': readInvoice,
  'invoice_payment.paid': readInvoicePayment,
  'charge.refunded': readRefundedCharge,
  'charge.dispute.created': readOpenedDispute,
  'charge.dispute.funds_withdrawn': readOpenedDispute,
  'charge.dispute.closed': readClosedDispute,
  'promotion_code.created': readPromotionCode,
  'promotion_code.updated': readPromotionCode,
  // What was paid stays paid; each invoice is a sale of its own.
  'customer.subscription.deleted': () => ignoredReading('SUBSCRIPTION_ENDED'),
};

/** Reads one of Stripe's events. */
export function readStripe(body: Buffer, receivedAt: Date): Reading<StripeStatement> {
  return attempt<StripeStatement>(() => {
    const event = readJson(body);
    const look: Look = (path) => find(event, path);
    const type = requiredText(look('type'));
    const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
    if (!read) return ignoredReading('UNSUPPORTED_TYPE');
    const { value: isLive } = look('livemode');
    if (isLive === false) return ignoredReading('TEST_MODE');
    if (isLive !== true) {
      throw unreadableField('FIELD_INVALID', { field: 'livemode', message: 'must be true or false' });
    }
    return read(look, receivedAt);
  });
}

/** Since 2025-03-31 the only webhook that says which payment paid an invoice. */
function readInvoicePayment(look: Look): Reading<StripeStatement> {
  const invoice: Alias = { kind: 'invoice', value: requiredText(look('data.object.invoice')) };
  const paidBy = (['payment_intent', 'charge'] as const).flatMap((kind): Alias[] => {
    const value = idAt(look, `data.object.payment.${kind}`);
    return value === null ? [] : [{ kind, value }];
  });
  return { kind: 'read', value: { kind: 'link', names: [invoice, ...paidBy] } };
}

function readRefundedCharge(look: Look, receivedAt: Date): Reading<StripeStatement> {
  const chargeId = requiredText(look('data.object.id'));
  return {
    kind: 'read',
    value: {
      kind: 'refund',
      time: unixTime(look('created'), receivedAt),
      names: paymentNames(look, chargeId),
      chargeId,
      refundedTotal: requiredAmount(look('data.object.amount_refunded')),
      currency: requiredCurrency(look('data.object.currency')),
    },
  };
}

function readPromotionCode(look: Look): Reading<StripeStatement> {
  const promotionId = requiredText(look('data.object.id'));
  return {
    kind: 'read',
    value: { kind: 'promotion', promotionId, code: requiredText(look('data.object.code')) },
  };
}
