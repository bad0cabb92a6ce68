import { drained, eventually, expectInvariants, type MailCatcher, startMailCatcher } from '#testing';
import { SystemClock } from '#kernel';
import { INVARIANTS } from '../../apps/standalone/src/invariants.js';
import { type Company, openCompany } from '../../demo/company.js';
import { joinProgram, signUpPartner } from '../../demo/people.js';
import { PartnerView } from '../../demo/readings.js';
import { type Standalone, startStandalone } from './standalone.js';

interface CustomerJson {
  readonly id: string;
  readonly state: string;
}

describe('whose a customer is, from the shop and from the company to the commission', () => {
  let mail: MailCatcher;
  let product: Standalone;
  let company: Company;
  let ada: PartnerView;
  let grace: PartnerView;

  beforeAll(async () => {
    mail = await startMailCatcher();
    product = await startStandalone({ config: { smtpUrl: mail.url } });
    company = await openCompany(product.operator);
    ada = await join('Ada', 'ada@partners.example');
    grace = await join('Grace', 'grace@partners.example');
    await company.api.post('/v1/codes', { code: 'ADA10', partnershipId: await partnershipOf(ada) });
  });
  afterEach(async () => {
    await drained(product.database);
    await expectInvariants(product.database, INVARIANTS, new SystemClock());
  });
  afterAll(async () => {
    await product.close();
    await mail.stop();
  });

  async function join(name: string, email: string): Promise<PartnerView> {
    const partner = await signUpPartner(product.operator, mail, name, email);
    await joinProgram(partner, company.api, company.programId, `${name.toLowerCase()}-links`);
    return new PartnerView(partner, company.programId);
  }

  async function partnershipOf({ partner }: PartnerView): Promise<string> {
    const { data } = await company.api.get<{ data: { id: string; partner: { email: string } }[] }>(
      '/v1/partnerships',
    );
    return data.find((one) => one.partner.email === partner.email)?.id ?? '';
  }

  const now = () => new Date().toISOString();
  const place = (id: string, customer: string, codes: readonly string[] = []) =>
    company.shop.send({
      type: 'order.placed',
      timestamp: now(),
      data: { codes, customer: { id: customer }, order: { id, amount: 10_000, currency: 'EUR' } },
    });
  const tell = (type: 'order.fulfilled' | 'order.cancelled', id: string) =>
    company.shop.send({ type, timestamp: now(), data: { order: { id } } });
  const customer = (key: string) =>
    eventually(async () => {
      const { data } = await company.api.get<{ data: CustomerJson[] }>(`/v1/customers?customerKey=${key}`);
      return data[0];
    });
  /** The amounts that a partner's commissions on orders of these keys come to, once all stand so. */
  const amounts = async (view: PartnerView, key: string, expected: number) =>
    eventually(async () => {
      const all = await view.commissions();
      const of = all.filter(({ subject }) => subject.key === key).map(({ amount }) => amount.amount);
      return of.join() === String(expected);
    });

  it('A-20 an order cancelled before it ships binds nobody, and its partner learns that it was', async () => {
    await place('cancelled', 'jane', ['ada10']);
    await eventually(async () => (await ada.waitingOrders()).length === 1);
    await tell('order.cancelled', 'cancelled');
    await eventually(async () =>
      /cancelled before shipment/.test((await ada.waitingOrders())[0]?.summary ?? ''),
    );
    await place('next', 'jane');
    await tell('order.fulfilled', 'next');
    await drained(product.database);
    const { data } = await company.api.get<{ data: { winner: unknown; reason: { code: string } }[] }>(
      '/v1/decisions?subjectKey=next',
    );
    expect(data).toMatchObject([{ winner: null, reason: { code: 'NO_CLICK_ID_PRESENTED' } }]);
    expect(await ada.customers()).toEqual([]);
    expect((await ada.commissions()).map(({ amount }) => amount.amount)).not.toContain(2_000);
  });

  it('the company gives a customer to another partner, and the commission goes along', async () => {
    await place('moved', 'joe', ['ADA10']);
    await tell('order.fulfilled', 'moved');
    await amounts(ada, 'moved', 2_000);
    const { id } = await customer('joe');
    await company.api.post(`/v1/customers/${id}/attribution`, {
      partnershipId: await partnershipOf(grace),
      reason: 'Grace introduced Joe at the fair',
    });
    await amounts(grace, 'moved', 2_000);
    await eventually(async () => (await ada.notices()).some(({ title }) => /taken back/i.test(title)));
    expect(await ada.customers()).toEqual([]);
    expect(await grace.customers()).toHaveLength(1);
  });

  it('B-40 B-43 B-47 the company deletes a customer: the money goes, the tombstone and the reason stay', async () => {
    const { id } = await customer('joe');
    const deleted = await company.api.post<CustomerJson>(`/v1/customers/${id}/deletion`, {
      reason: 'REFUNDED',
      note: 'Paid back in cash.',
      commissions: 'reverse',
    });
    expect(deleted.state).toBe('deleted');
    await eventually(async () => (await grace.commissions()).every(({ amount }) => amount.amount === 0));
    expect(await grace.customers()).toMatchObject([
      { state: 'deleted', deletion: { reason: 'REFUNDED', note: 'Paid back in cash.' } },
    ]);
    await eventually(async () =>
      (await grace.notices()).some(({ title }) => title === 'A customer of yours was deleted'),
    );
    await place('afterwards', 'joe', ['ADA10']);
    await tell('order.fulfilled', 'afterwards');
    await drained(product.database);
    const { data } = await company.api.get<{ data: object[] }>('/v1/decisions?subjectKey=afterwards');
    expect(data).toMatchObject([{ winner: null, reason: { code: 'CUSTOMER_DELETED' } }]);
  });

  it('a customer added by hand earns the offer for signups', async () => {
    const before = (await ada.commissions()).length;
    await company.api.post('/v1/customers', {
      customerKey: 'by-hand',
      partnershipId: await partnershipOf(ada),
      reason: 'met at the fair',
    });
    const added = await eventually(async () => {
      const all = await ada.commissions();
      return all.length > before && all.at(-1);
    });
    expect(added).toMatchObject({ subject: { kind: 'signup' }, amount: { amount: 500, currency: 'EUR' } });
  });

  it('B-29 a won deal pays its partner and ties the customer: later orders need no code', async () => {
    await company.api.post(`/v1/programs/${company.programId}/offers`, {
      name: '10 % of a won deal',
      rule: { trigger: 'deal_won', reward: { kind: 'percent', basisPoints: 1000 }, holdDays: 30 },
    });
    const deal = await company.api.post<{ id: string }>('/v1/deals', {
      partnershipId: await partnershipOf(grace),
      account: { name: 'Acme', domain: 'acme.example' },
      worth: { amount: 500_000, currency: 'EUR' },
    });
    await company.api.post(`/v1/deals/${deal.id}/close-won`, { customerKey: 'acme' });
    const won = await eventually(async () =>
      (await grace.commissions()).find(({ subject }) => subject.kind === 'deal'),
    );
    expect(won.amount).toEqual({ amount: 50_000, currency: 'EUR' });
    await place('of-acme', 'acme');
    await tell('order.fulfilled', 'of-acme');
    await amounts(grace, 'of-acme', 2_000);
  });
});
