import { drained, eventually, expectInvariants, type MailCatcher, startMailCatcher } from '#testing';
import { INVARIANTS } from '../../apps/standalone/src/invariants.js';
import { type Company, openCompany } from '../../demo/company.js';
import { joinProgram, signUpPartner } from '../../demo/people.js';
import { type CommissionView, PartnerView } from '../../demo/readings.js';
import { type Standalone, startStandalone } from './standalone.js';

/** The company has the last word, and the partner reads why: from the shop's webhook to the notice. */
describe('what a company says of commissions, as its partner reads it', () => {
  let mail: MailCatcher;
  let product: Standalone;
  let company: Company;
  let ada: PartnerView;

  beforeAll(async () => {
    mail = await startMailCatcher();
    product = await startStandalone({ config: { smtpUrl: mail.url } });
    company = await openCompany(product.operator);
    const partner = await signUpPartner(product.operator, mail, 'Ada', 'ada@partners.example');
    await joinProgram(partner, company.api, company.programId, 'ada-rulings');
    ada = new PartnerView(partner, company.programId);
    const { data } = await company.api.get<{ data: { id: string }[] }>('/v1/partnerships');
    await company.api.post('/v1/codes', { code: 'ADA', partnershipId: data[0]?.id });
    await company.api.post(`/v1/offers/${company.saleOfferId}/versions`, {
      rule: {
        trigger: 'sale',
        reward: { kind: 'percent', basisPoints: 2000 },
        holdDays: 30,
        review: 'manual',
      },
    });
  });

  afterAll(async () => {
    await product.close();
    await mail.stop();
  });

  /** A shipped order of 100.00 EUR, and the commission on it that waits for a review. */
  async function order(id: string): Promise<CommissionView> {
    const timestamp = new Date().toISOString();
    const customer = { id: `customer of ${id}` };
    const placed = { codes: ['ada'], customer, order: { id, amount: 10_000, currency: 'EUR' } };
    await company.shop.send({ type: 'order.placed', timestamp, data: placed });
    await company.shop.send({ type: 'order.fulfilled', timestamp, data: { order: { id } } });
    return commission(id, 'in_review');
  }

  const commission = (orderKey: string, state: string) =>
    eventually(async () =>
      (await ada.commissions()).find((one) => one.subject.key === orderKey && one.state === state),
    );
  const titles = async () => {
    await drained(product.database);
    return (await ada.notices()).map(({ title }) => title);
  };

  it('A-22 A-23 approves what the company looked at, and tells the partner', async () => {
    const { id, amount, reason } = await order('o-1');
    expect(amount.amount).toBe(2_000);
    expect(reason.sentence).toContain('The company looks at it first');
    await company.api.post('/v1/commissions/approve', { commissionIds: [id] });
    expect((await commission('o-1', 'approved')).heldUntil).not.toBeNull();
    expect(await titles()).toEqual(
      expect.arrayContaining(['20.00 EUR was approved', 'You earned 20.00 EUR']),
    );
  });

  it('A-23 declines with a reason that stays with the commission', async () => {
    const { id } = await order('o-2');
    await company.api.post('/v1/commissions/decline', { commissionIds: [id], reason: 'DUPLICATE' });
    const { reason } = await commission('o-2', 'declined');
    expect(reason.sentence).toContain('the company declined it, because it was counted already.');
    expect(await titles()).toContain('20.00 EUR was declined');
  });

  it('B-40 B-47 takes back with a deleted customer what it earned, and says so', async () => {
    const { id } = await order('o-3');
    await company.api.post('/v1/commissions/approve', { commissionIds: [id] });
    await commission('o-3', 'approved');
    const { data } = await company.api.get<{ data: { id: string; customerKey: string }[] }>('/v1/customers');
    const customer = data.find(({ customerKey }) => customerKey === 'customer of o-3');
    const deletion = { reason: 'OTHER', note: 'An employee of ours.', commissions: 'reverse' };
    await company.api.post(`/v1/customers/${customer?.id ?? ''}/deletion`, deletion);
    const { reason, amount } = await commission('o-3', 'reversed');
    expect(amount.amount).toBe(0);
    expect(reason.sentence).toContain('the company deleted the customer');
    expect(reason.sentence).toContain('The company says: An employee of ours.');
    expect(await titles()).toContain('20.00 EUR was taken back');
  });

  it('A-20 tells that an order was cancelled before it shipped, not whose it was', async () => {
    const timestamp = new Date().toISOString();
    const placed = {
      codes: ['ada'],
      customer: { id: 'unknown' },
      order: { id: 'o-4', amount: 10_000, currency: 'EUR' },
    };
    await company.shop.send({ type: 'order.placed', timestamp, data: placed });
    await company.shop.send({ type: 'order.cancelled', timestamp, data: { order: { id: 'o-4' } } });
    await drained(product.database);
    const [cancelled] = (await ada.commissions()).filter(({ reason }) =>
      reason.sentence.includes('cancelled'),
    );
    expect(cancelled).toMatchObject({
      state: 'reversed',
      amount: { amount: 0 },
      subject: { kind: 'order', key: null },
      reason: { code: 'CANCELLED' },
    });
  });

  it('gives an amount by hand, which is payable at once', async () => {
    const { data } = await company.api.get<{ data: { id: string }[] }>('/v1/partnerships');
    await company.api.post('/v1/commissions/adjustments', {
      partnershipId: data[0]?.id,
      amount: { amount: 500, currency: 'EUR' },
      reason: 'Thanks for the photos',
    });
    expect(await titles()).toContain('You got 5.00 EUR');
    const payable = (await ada.commissions()).filter(({ state }) => state === 'payable');
    expect(payable).toMatchObject([{ amount: { amount: 500 }, subject: { kind: 'adjustment' } }]);
  });

  it('holds every invariant afterwards', async () => {
    await drained(product.database);
    await expectInvariants(product.database, INVARIANTS);
  });
});
