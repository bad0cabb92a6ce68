import { Stripe } from 'stripe';
import { type Id, newId, parseId } from '#kernel';
import { asCompany, eventually } from '#testing';
import { IngestApp, order } from '../../test/ingest-app.js';
import {
  chargeRefunded,
  checkoutCompleted,
  invoicePaid,
  invoicePaymentPaid,
} from '../../test/stripe-events.js';

const SECRET = 'whsec_stripe_test_secret';

describe('normalising webhooks', () => {
  let ingest: IngestApp;

  beforeAll(async () => {
    ingest = await IngestApp.start();
  });

  afterAll(() => ingest.close());

  async function connectStripe(of: Id<'Company'>) {
    const draft = { kind: 'stripe', name: 'Billing', secret: SECRET };
    const { body } = await ingest.app.call('POST', '/v1/integrations', asCompany(of), draft);
    const path = new URL(body.ingestUrl).pathname;
    return async (event: object) => {
      const payload = JSON.stringify(event);
      const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET });
      const answer = await ingest.post(path, { 'stripe-signature': header }, payload);
      return ingest.detailOf(answer.body.requestId, of);
    };
  }

  it('parks a Stripe refund until its invoice and payment are linked, in whatever sequence', async () => {
    const of = newId('Company');
    const deliver = await connectStripe(of);
    const refund = await deliver(chargeRefunded({ amount_refunded: 2_000 }));
    expect(refund).toMatchObject({ state: 'parked', reason: 'ORDER_NOT_KNOWN' });
    expect(await deliver(invoicePaid({}))).toMatchObject({ state: 'done' });
    expect(await ingest.factsOf('order.refunded', of)).toEqual([]);
    expect(await deliver(invoicePaymentPaid('in_1', 'pi_1'))).toMatchObject({ state: 'done' });
    const facts = await eventually(async () => {
      const found = await ingest.factsOf('order.refunded', of);
      return found.length > 0 ? found : null;
    });
    expect(facts).toMatchObject([
      { orderKey: 'in_1', currency: 'EUR', refund: { kind: 'snapshot', refundedTotal: 2_000 } },
    ]);
    const invoices = await ingest.factsOf('order.placed', of);
    expect(invoices.map((fact) => [fact['orderKey'], fact['fulfilmentPolicy']])).toEqual([['in_1', 'none']]);
  });

  it('a checkout with an invoice signs the customer up, and the invoice is the sale', async () => {
    const of = newId('Company');
    const deliver = await connectStripe(of);
    await deliver(checkoutCompleted({ mode: 'subscription', invoice: 'in_1', payment_intent: null }));
    await deliver(invoicePaid({ id: 'in_1' }));
    const [signups, orders] = [
      await ingest.factsOf('customer.signed_up', of),
      await ingest.factsOf('order.placed', of),
    ];
    expect(signups.map((fact) => fact['customerKey'])).toEqual(['cus_1']);
    expect(orders.map((fact) => [fact['customerKey'], fact['orderKey']])).toEqual([['cus_1', 'in_1']]);
  });

  it('A-24 leaves sales that were booked apart to a person', async () => {
    const deliver = await connectStripe(newId('Company'));
    await deliver(checkoutCompleted({}));
    await deliver(invoicePaid({}));
    expect(await deliver(invoicePaymentPaid('in_1', 'pi_1'))).toMatchObject({
      state: 'dead',
      reason: 'ORDERS_ALREADY_SEPARATE',
    });
  });

  it('A-25 reads a revised body in place of the stored one, under the original time', async () => {
    const of = newId('Company');
    const shop = await ingest.connect(of);
    const wrong = order('r-1').replace('1000', '-1000');
    const { body: receipt } = await ingest.send(shop, 'msg_r', wrong);
    expect(await ingest.detailOf(receipt.requestId, of)).toMatchObject({
      state: 'dead',
      reason: 'AMOUNT_INVALID',
    });

    const requestId = parseId('WebhookRequest', receipt.requestId);
    await ingest.admin.query(
      `insert into bus.event_revision (company_id, event_id, revision, data, reason, actor, created_at)
       select company_id, event_id, 1, data || jsonb_build_object('body', $2::text), 'sign of the amount', 'test', now()
       from bus.event where event_id = $1`,
      [requestId, order('r-1')],
    );
    await ingest.admin.query(
      `update bus.delivery set state = 'ready', due_at = now(), finished_at = null where event_id = $1`,
      [requestId],
    );
    await eventually(async () => (await ingest.detailOf(receipt.requestId, of)).state === 'done');
    const { rows } = await ingest.admin.query(
      `select data->>'orderKey' as key, occurred_at from bus.event where company_id = $1 and type = 'order.placed'`,
      [of],
    );
    expect(rows).toEqual([{ key: 'r-1', occurred_at: new Date('2026-05-12T09:30:00.999Z') }]);
    const { body: shown } = await ingest.detailOf(receipt.requestId, of);
    expect(shown.content).toBe(wrong);
  });

  it('flags a time from the future and takes the receipt for it', async () => {
    const of = newId('Company');
    const shop = await ingest.connect(of);
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    const { body: receipt } = await ingest.send(shop, 'msg_future', order('f-1', { timestamp: ahead }));
    const { receivedAt } = await ingest.detailOf(receipt.requestId, of);
    const { rows } = await ingest.admin.query(
      `select data->'isFromFuture' as flag, occurred_at from bus.event where company_id = $1 and type = 'order.placed'`,
      [of],
    );
    expect(rows).toEqual([{ flag: true, occurred_at: new Date(receivedAt) }]);
  });
});
