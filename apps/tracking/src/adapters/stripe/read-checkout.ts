import { unixTime } from '../event-time.js';
import { optionalAmount, requiredAmount, requiredCurrency, requiredText } from '../fields.js';
import { ignoredReading, type Reading } from '../reading.js';
import { customerAt, evidenceAt, idAt, type Look, partsOf } from './stripe-fields.js';
import type { Alias, StripeStatement } from './stripe-statement.js';

const METADATA = ['data.object.metadata'];

/**
 * A completed Checkout Session. Where an invoice follows (subscriptions, invoice creation) the invoice is the
 * sale, whichever arrives first, and the session introduces the customer; else the session is the sale.
 */
export function readCheckout(look: Look, receivedAt: Date): Reading<StripeStatement> {
  const mode = requiredText(look('data.object.mode'));
  if (mode === 'setup') return ignoredReading('NOTHING_PAID');
  const isInvoiced =
    mode === 'subscription' ||
    idAt(look, 'data.object.invoice') !== null ||
    look('data.object.invoice_creation.enabled').value === true;
  return isInvoiced ? introduction(look, receivedAt) : sale(look, receivedAt);
}

/** Judged at the time the visitor came to the checkout, which is never after the invoice was paid. */
function introduction(look: Look, receivedAt: Date): Reading<StripeStatement> {
  const session: Alias = { kind: 'checkout_session', value: requiredText(look('data.object.id')) };
  const invoiceId = idAt(look, 'data.object.invoice');
  return {
    kind: 'read',
    value: {
      kind: 'introduction',
      time: unixTime(look('data.object.created'), receivedAt),
      names: invoiceId === null ? [session] : [{ kind: 'invoice', value: invoiceId }, session],
      customer: customerOf(look),
      evidence: evidenceAt(look, METADATA),
    },
  };
}

function sale(look: Look, receivedAt: Date): Reading<StripeStatement> {
  const status = requiredText(look('data.object.payment_status'));
  if (status === 'unpaid') return ignoredReading('PAYMENT_PENDING');
  const amount = requiredAmount(look('data.object.amount_total'));
  if (amount === 0) return ignoredReading('NOTHING_PAID');
  const session: Alias = { kind: 'checkout_session', value: requiredText(look('data.object.id')) };
  const paymentIntent = idAt(look, 'data.object.payment_intent');
  return {
    kind: 'read',
    value: {
      kind: 'sale',
      time: unixTime(look('created'), receivedAt),
      names: paymentIntent === null ? [session] : [{ kind: 'payment_intent', value: paymentIntent }, session],
      customer: customerOf(look),
      evidence: evidenceAt(look, METADATA),
      price: {
        ...partsOf(
          amount,
          optionalAmount(look('data.object.total_details.amount_tax')),
          optionalAmount(look('data.object.total_details.amount_shipping')),
        ),
        currency: requiredCurrency(look('data.object.currency')),
        // Stripe leaves a session's lines out of its webhooks.
        lines: [],
      },
    },
  };
}

function customerOf(look: Look) {
  const given = look('data.object.customer_details.email');
  return customerAt(look, METADATA, given.value === undefined ? look('data.object.customer_email') : given);
}
