import type { Stripe } from 'stripe';

/** The parts of Stripe's objects that tests set; typed by Stripe's library so that the names are real. */
type Some<T> = {
  [K in keyof T]?: T[K] extends object | null | undefined ? Some<NonNullable<T[K]>> | null : T[K];
};

let nextEvent = 0;

/** A live event as Stripe sends it, 2026-05-12 10:00:00 UTC unless told. */
export function stripeEvent<T>(type: Stripe.Event['type'], object: Some<T>, event: Some<Stripe.Event> = {}) {
  nextEvent += 1;
  return {
    id: `evt_${nextEvent}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: 1_778_580_000,
    livemode: true,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
    ...event,
    data: { object },
  };
}

export const checkoutCompleted = (session: Some<Stripe.Checkout.Session>) =>
  stripeEvent<Stripe.Checkout.Session>('checkout.session.completed', {
    id: 'cs_1',
    object: 'checkout.session',
    created: 1_778_579_900,
    mode: 'payment',
    payment_status: 'paid',
    amount_total: 11_900,
    total_details: { amount_discount: 0, amount_shipping: 500, amount_tax: 1_900 },
    currency: 'eur',
    customer: 'cus_1',
    customer_details: { email: 'ada@example.com' },
    payment_intent: 'pi_1',
    invoice: null,
    metadata: {},
    ...session,
  });

export const invoicePaid = (invoice: Some<Stripe.Invoice>) =>
  stripeEvent<Stripe.Invoice>('invoice.paid', {
    id: 'in_1',
    object: 'invoice',
    amount_paid: 11_900,
    currency: 'eur',
    customer: 'cus_1',
    customer_email: 'ada@example.com',
    status_transitions: { paid_at: 1_778_579_990 },
    total_taxes: [{ amount: 1_900 }] as Stripe.Invoice['total_taxes'],
    metadata: {},
    ...invoice,
  });

export const invoicePaymentPaid = (invoice: string, paymentIntent: string) =>
  stripeEvent<Stripe.InvoicePayment>('invoice_payment.paid', {
    id: `inpay_${paymentIntent}`,
    object: 'invoice_payment',
    invoice,
    payment: { type: 'payment_intent', payment_intent: paymentIntent },
  });

export const chargeRefunded = (charge: Some<Stripe.Charge>) =>
  stripeEvent<Stripe.Charge>('charge.refunded', {
    id: 'ch_1',
    object: 'charge',
    amount: 11_900,
    amount_refunded: 2_000,
    currency: 'eur',
    payment_intent: 'pi_1',
    ...charge,
  });

export const invoiceLine = (
  id: string,
  product: string | null,
  amount: number,
  line: Some<Stripe.InvoiceLineItem> = {},
): Some<Stripe.InvoiceLineItem> => ({
  id,
  object: 'line_item',
  amount,
  pricing: product === null ? null : { type: 'price_details', price_details: { price: 'price_1', product } },
  ...line,
});

export const disputeEvent = (
  type: 'charge.dispute.created' | 'charge.dispute.funds_withdrawn' | 'charge.dispute.closed',
  dispute: Some<Stripe.Dispute>,
) =>
  stripeEvent<Stripe.Dispute>(type, {
    id: 'du_1',
    object: 'dispute',
    charge: 'ch_1',
    payment_intent: 'pi_1',
    amount: 5_000,
    currency: 'eur',
    status: 'needs_response',
    ...dispute,
  });
