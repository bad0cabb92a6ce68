import { asAdmin, drained, expectInvariants, type MailCatcher, startMailCatcher } from '#testing';
import { INVARIANTS } from '../../apps/standalone/src/invariants.js';
import { type Company, openCompany } from '../../demo/company.js';
import { joinProgram, signUpPartner } from '../../demo/people.js';
import { nativeSender, type WebhookSender } from '../../demo/webhook-sender.js';
import { type Standalone, startStandalone } from './standalone.js';

/** Everything a platform can tell of an order, from the signed webhook to the balance of 20 %. */
describe('what becomes of an order, as its platform tells it', () => {
  let mail: MailCatcher;
  let product: Standalone;
  let company: Company;

  beforeAll(async () => {
    mail = await startMailCatcher();
    product = await startStandalone({ config: { smtpUrl: mail.url } });
    company = await openCompany(product.operator);
    const ada = await signUpPartner(product.operator, mail, 'Ada', 'ada@partners.example');
    await joinProgram(ada, company.api, company.programId, 'ada-order-facts');
    const { data } = await company.api.get<{ data: { id: string }[] }>('/v1/partnerships');
    await company.api.post('/v1/codes', { code: 'ADA', partnershipId: data[0]?.id });
  });

  afterAll(async () => {
    await product.close();
    await mail.stop();
  });

  const now = () => new Date().toISOString();
  const fact = (type: string, data: object) => ({ type, timestamp: now(), data });
  const lines = [
    { id: 'l-1', product: 'beans', amount: 6_000 },
    { id: 'l-2', product: 'mill', amount: 4_000 },
  ];
  const placed = (id: string) =>
    fact('order.placed', {
      codes: ['ada'],
      customer: { id: `customer of ${id}` },
      order: { id, amount: 10_000, currency: 'EUR', lines },
    });
  const fulfilled = (id: string, ...keys: string[]) =>
    fact('order.fulfilled', { order: { id }, ...(keys.length > 0 ? { fulfilment: { lines: keys } } : {}) });
  const chargedBack = (id: string, outcome: 'opened' | 'won' | 'lost') =>
    fact('order.charged_back', {
      order: { id },
      chargeback: { id: `${id}-cb`, amount: 10_000, currency: 'EUR', outcome },
    });

  async function shopWith(fulfilmentPolicy: string): Promise<WebhookSender> {
    const { id, newSecret } = await company.api.post<{ id: string; newSecret: { secret: string } }>(
      '/v1/integrations',
      { kind: 'native', name: fulfilmentPolicy, fulfilmentPolicy },
    );
    return nativeSender(product.url, id, newSecret.secret);
  }

  /** What the order's commissions come to, once everything sent has been dealt with. */
  async function owed(orderKey: string): Promise<number> {
    await drained(product.database);
    const [row] = await asAdmin<{ owed: string }>(
      product.database,
      `select coalesce(sum(held + payable), 0) as owed from commissions.commission where subject_key = $1`,
      [orderKey],
    );
    return Number(row?.owed);
  }

  it('A-21 earns line by line under the policy lines, and each line once', async () => {
    const shop = await shopWith('lines');
    await shop.send(placed('by-lines'));
    expect(await owed('by-lines')).toBe(0);
    await shop.send(fulfilled('by-lines', 'l-1'));
    await shop.send(fulfilled('by-lines', 'l-1'));
    expect(await owed('by-lines')).toBe(1_200);
    await shop.send(fulfilled('by-lines', 'l-2'));
    expect(await owed('by-lines')).toBe(2_000);
  });

  it('A-21 earns nothing before the last line under the policy complete, nor out of turn', async () => {
    const shop = await shopWith('complete');
    await shop.send(fulfilled('complete', 'l-2'));
    await shop.send(placed('complete'));
    expect(await owed('complete')).toBe(0);
    await shop.send(fulfilled('complete', 'l-1'));
    expect(await owed('complete')).toBe(2_000);
    await shop.send(placed('whole'));
    await shop.send(fulfilled('whole'));
    expect(await owed('whole')).toBe(2_000);
  });

  it('A-20 earns nothing for an order that is cancelled before it ships', async () => {
    await company.shop.send(fact('order.cancelled', { order: { id: 'cancelled' } }));
    await company.shop.send(placed('cancelled'));
    expect(await owed('cancelled')).toBe(0);
  });

  it('takes a commission back while a chargeback is open, and gives it back when it is won', async () => {
    await company.shop.send(placed('won'));
    await company.shop.send(fulfilled('won'));
    expect(await owed('won')).toBe(2_000);
    await company.shop.send(chargedBack('won', 'opened'));
    expect(await owed('won')).toBe(0);
    await company.shop.send(chargedBack('won', 'won'));
    expect(await owed('won')).toBe(2_000);
    await company.shop.send(chargedBack('won', 'opened'));
    expect(await owed('won')).toBe(2_000);
  });

  it('takes a commission back for a chargeback that is lost, in whatever sequence it is told', async () => {
    await company.shop.send(chargedBack('lost', 'lost'));
    await company.shop.send(chargedBack('lost', 'opened'));
    await company.shop.send(fulfilled('lost'));
    await company.shop.send(placed('lost'));
    expect(await owed('lost')).toBe(0);
  });

  it("joins Stripe's dispute to the sale that its invoice told of", async () => {
    const created = Math.floor(Date.now() / 1_000);
    const stripe = (type: string, object: object) =>
      company.billing.send({ id: `evt_${type}`, type, created, livemode: true, data: { object } });
    const dispute = { id: 'du_1', charge: 'ch_1', payment_intent: 'pi_1', amount: 5_000, currency: 'eur' };
    await stripe('charge.dispute.created', { ...dispute, status: 'needs_response' });
    await stripe('invoice_payment.paid', {
      id: 'inpay_1',
      invoice: 'in_1',
      payment: { type: 'payment_intent', payment_intent: 'pi_1' },
    });
    await stripe('invoice.paid', {
      id: 'in_1',
      amount_paid: 5_000,
      currency: 'eur',
      customer: 'cus_1',
      metadata: { fl_code: 'ADA' },
    });
    expect(await owed('in_1')).toBe(0);
    await stripe('charge.dispute.closed', { ...dispute, status: 'won' });
    expect(await owed('in_1')).toBe(1_000);
  });

  it('B-31 pays an action by its name', async () => {
    await company.api.post(`/v1/programs/${company.programId}/offers`, {
      name: '7 EUR for a demo',
      rule: {
        trigger: 'action',
        action: 'Demo booked',
        reward: { kind: 'flat', amount: 700, currency: 'EUR' },
      },
    });
    for (const name of ['Demo booked', 'Page viewed']) {
      const action = { id: name, name };
      await company.shop.send(
        fact('action.performed', { codes: ['ADA'], customer: { id: 'customer of demo' }, action }),
      );
    }
    expect(await owed('Demo booked')).toBe(700);
    expect(await owed('Page viewed')).toBe(0);
  });

  it('holds every invariant afterwards', async () => {
    await drained(product.database);
    await expectInvariants(product.database, INVARIANTS);
  });
});
