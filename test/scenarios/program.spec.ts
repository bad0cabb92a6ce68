import { type Company, openCompany } from '../../demo/company.js';
import { type Money, signUpPartner, type SignedInPartner } from '../../demo/people.js';
import { INVARIANTS } from '../../apps/standalone/src/invariants.js';
import { drained, eventually, expectInvariants, type MailCatcher, startMailCatcher } from '#testing';
import { type Standalone, startStandalone } from './standalone.js';

interface List<T> {
  readonly data: readonly T[];
}
interface Commission {
  readonly id: string;
  readonly state: string;
  readonly subject: { readonly kind: string; readonly key: string | null };
  readonly amount: Money;
  readonly reason: { readonly code: string } | null;
}
interface Summary {
  readonly tabs: readonly { readonly tab: string; readonly state: string }[];
}

/** One partner's way through one program, each test going on where the one before it stopped. */
describe('membership and money, from the application to the payout', () => {
  let mail: MailCatcher;
  let product: Standalone;
  let company: Company;
  let partner: SignedInPartner;
  let partnershipId: string;
  let program: string;
  let leadId: string;

  beforeAll(async () => {
    mail = await startMailCatcher();
    product = await startStandalone({ config: { smtpUrl: mail.url } });
    company = await openCompany(product.operator);
    program = `/v1/partner/programs/${company.programId}`;
    partner = await signUpPartner(product.operator, mail, 'Edith', 'edith@agency.example');
  });

  afterAll(async () => {
    await product.close();
    await mail.stop();
  });

  const ofCompany = (path: string) => `/v1/programs/${company.programId}${path}`;
  const offer = (name: string, rule: object) =>
    company.api.post<{ id: string }>(ofCompany('/offers'), { name, rule });
  const commissions = async () => (await partner.api.get<List<Commission>>(`${program}/commissions`)).data;
  const commissionOf = (kind: string, state: string) =>
    eventually(async () => {
      const all = await commissions();
      return all.find((commission) => commission.subject.kind === kind && commission.state === state);
    });
  const tabs = async () =>
    Object.fromEntries((await partner.api.get<Summary>(program)).tabs.map(({ tab, state }) => [tab, state]));

  it('B-22 approves an application by the rule of its e-mail domain and puts the partner into a group', async () => {
    await company.api.post(ofCompany('/terms'), { text: 'Terms, second version.' });
    await company.api.patch(`/v1/programs/${company.programId}`, { leadsEnabled: true });
    const group = await company.api.post<{ id: string }>(ofCompany('/groups'), {
      name: 'Agencies',
      leadsEnabled: true,
    });
    await company.api.post(ofCompany('/application-rules'), {
      rules: [{ name: 'agencies', emailDomains: ['agency.example'], decision: 'approve', groupId: group.id }],
    });
    await offer('10 EUR for a lead', {
      trigger: 'lead_won',
      reward: { kind: 'flat', amount: 1_000, currency: 'EUR' },
      audience: { kind: 'groups', groupIds: [group.id] },
      holdDays: 0,
      review: 'manual',
    });
    await offer('5 % at once', {
      trigger: 'sale',
      reward: { kind: 'percent', basisPoints: 500 },
      holdDays: 0,
    });
    const application = await partner.api.post<{ state: string; partnershipId: string }>(
      '/v1/partner/applications',
      { programId: company.programId },
    );
    expect(application.state).toBe('approved');
    ({ partnershipId } = application);
  });

  it('B-36 B-37 keeps links and leads shut until the newest terms are accepted', async () => {
    expect(await tabs()).toMatchObject({ links: 'locked', leads: 'locked', messages: 'open' });
    await partner.api.post(`${program}/terms-acceptances`, { version: 2 });
    expect(await tabs()).toMatchObject({ links: 'open', leads: 'open', messages: 'open' });
  });

  it('A-22 B-31 turns a submitted lead into a commission once it is approved and won', async () => {
    await company.api.post(ofCompany('/pipelines'), {
      kind: 'lead',
      stages: [{ key: 'new', name: 'New' }],
      review: 'manual',
    });
    const lead = await partner.api.post<{ id: string; status: { code: string } }>(`${program}/leads`, {
      contact: { name: 'Lee', email: 'lee@customer.example' },
    });
    expect(lead.status.code).toBe('AWAITING_APPROVAL');
    leadId = lead.id;
    await company.api.post(`/v1/leads/${leadId}/approve`);
    await company.api.post(`/v1/leads/${leadId}/close-won`, { customerKey: 'lee-and-co' });
    expect(await commissionOf('lead', 'in_review')).toMatchObject({
      amount: { amount: 1_000, currency: 'EUR' },
    });
  });

  it('A-17 credits an order to a discount code and to nobody else', async () => {
    await company.api.post('/v1/codes', { code: 'EDITH10', partnershipId });
    await company.shop.send({
      type: 'order.placed',
      timestamp: new Date().toISOString(),
      data: {
        customer: { id: 'kim' },
        order: { id: 'by-code', amount: 20_000, currency: 'EUR' },
        codes: ['edith10'],
      },
    });
    await company.shop.send({
      type: 'order.fulfilled',
      timestamp: new Date().toISOString(),
      data: { order: { id: 'by-code' } },
    });
    expect(await commissionOf('order', 'payable')).toMatchObject({ amount: { amount: 1_000 } });
    expect(await commissionOf('order', 'held')).toMatchObject({ amount: { amount: 4_000 } });
  });

  it('pays what was reviewed and what is payable in one payout, and never a second time', async () => {
    const inReview = await commissionOf('lead', 'in_review');
    await company.api.post('/v1/commissions/approve', { commissionIds: [inReview.id] });
    await commissionOf('lead', 'payable');
    const batch = { currency: 'EUR', threshold: 2_000 };
    const { id } = await company.api.post<{ id: string }>('/v1/payout-batches', batch);
    await expect(company.api.post('/v1/payout-batches', batch)).rejects.toMatchObject({ status: 409 });
    const { data } = await company.api.get<List<{ id: string; amount: Money }>>(
      `/v1/payout-batches/${id}/payouts`,
    );
    expect(data).toMatchObject([{ amount: { amount: 2_000, currency: 'EUR' } }]);
    await company.api.post(`/v1/payouts/${data[0]?.id ?? ''}/mark-paid`, { externalReference: 'SEPA 1' });
    expect(await commissionOf('lead', 'paid')).toMatchObject({ amount: { amount: 1_000 } });
  });

  it('B-41 B-47 takes a paid order back with its reason, to be set off against what comes', async () => {
    await company.api.post('/v1/orders/delete', { orderKey: 'by-code', reason: 'FRAUD', note: 'Own order' });
    const reversed = await eventually(async () => {
      const all = (await commissions()).filter(({ state }) => state === 'reversed');
      return all.length === 2 && all;
    });
    expect(reversed.map(({ reason }) => reason?.code)).toEqual(['FRAUD', 'FRAUD']);
    const month = new Date().toISOString().slice(0, 7);
    const { currencies } = await partner.api.get<{
      currencies: readonly { paidOut: { amount: number }; closing: { total: { amount: number } } }[];
    }>(`${program}/statements/${month}`);
    expect(currencies).toMatchObject([
      { paidOut: { amount: 2_000 }, closing: { total: { amount: -1_000 } } },
    ]);
  });

  it('B-40 shows a deleted customer as gone and keeps what it earned', async () => {
    const { data } = await company.api.get<List<{ id: string; customerKey: string }>>('/v1/customers');
    const lee = data.find(({ customerKey }) => customerKey === 'lee-and-co');
    await company.api.post(`/v1/customers/${lee?.id ?? ''}/deletion`, {
      reason: 'ACCOUNT_CANCELLED',
      commissions: 'keep',
    });
    const seen = await partner.api.get<{ state: string; deletion: { reason: string } }>(
      `${program}/customers/${lee?.id ?? ''}`,
    );
    expect(seen).toMatchObject({ state: 'deleted', deletion: { reason: 'ACCOUNT_CANCELLED' } });
    expect(await commissionOf('lead', 'paid')).toBeDefined();
  });

  it('holds every invariant afterwards', async () => {
    await drained(product.database);
    await expectInvariants(product.database, INVARIANTS);
  });
});
