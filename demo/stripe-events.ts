import { randomUUID } from 'node:crypto';

const seconds = () => Math.floor(Date.now() / 1_000);

function event(type: string, object: object): object {
  return {
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    object: 'event',
    api_version: '2025-09-30.clover',
    created: seconds(),
    livemode: true,
    pending_webhooks: 1,
    type,
    data: { object },
  };
}

/**
 * One subscription sale as Stripe tells it, in four webhooks that name it differently: the checkout session
 * and its invoice, the payment that joins invoice and payment intent, and later a refund of the charge.
 */
export function subscriptionSale(clickId: string, amount: number) {
  const tag = randomUUID().slice(0, 8);
  const [customer, invoice, intent] = [`cus_${tag}`, `in_${tag}`, `pi_${tag}`];
  const created = seconds();
  return {
    checkout: event('checkout.session.completed', {
      id: `cs_${tag}`,
      object: 'checkout.session',
      created,
      livemode: true,
      mode: 'subscription',
      status: 'complete',
      payment_status: 'paid',
      client_reference_id: clickId,
      customer,
      customer_details: { email: 'lin@example.org' },
      invoice,
      subscription: `sub_${tag}`,
      payment_intent: null,
      amount_total: amount,
      currency: 'eur',
      metadata: {},
    }),
    invoicePaid: event('invoice.paid', {
      id: invoice,
      object: 'invoice',
      created,
      livemode: true,
      status: 'paid',
      customer,
      customer_email: 'lin@example.org',
      amount_paid: amount,
      total: amount,
      total_excluding_tax: amount,
      currency: 'eur',
      billing_reason: 'subscription_create',
      status_transitions: { paid_at: created },
      parent: {
        type: 'subscription_details',
        subscription_details: { subscription: `sub_${tag}`, metadata: {} },
      },
      metadata: {},
    }),
    invoicePayment: event('invoice_payment.paid', {
      id: `inpay_${tag}`,
      object: 'invoice_payment',
      created,
      livemode: true,
      status: 'paid',
      invoice,
      amount_paid: amount,
      amount_requested: amount,
      currency: 'eur',
      is_default: true,
      payment: { type: 'payment_intent', payment_intent: intent },
      status_transitions: { paid_at: created, canceled_at: null },
    }),
    refund: (amountRefunded: number) =>
      event('charge.refunded', {
        id: `ch_${tag}`,
        object: 'charge',
        created,
        livemode: true,
        amount,
        amount_refunded: amountRefunded,
        currency: 'eur',
        customer,
        payment_intent: intent,
        refunded: amountRefunded === amount,
        metadata: {},
      }),
  };
}
