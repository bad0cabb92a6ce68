import { eventually, type MailCatcher, startMailCatcher } from '#testing';
import { type Company, openCompany } from '../../demo/company.js';
import { joinProgram, signUpPartner } from '../../demo/people.js';
import { PartnerView } from '../../demo/readings.js';
import { type Standalone, startStandalone } from './standalone.js';

interface ReferralJson {
  readonly id: string;
  readonly state: string;
  readonly status: { readonly code: string; readonly message: string };
}

describe('a lead and a deal, from the form to the commission', () => {
  let mail: MailCatcher;
  let product: Standalone;
  let company: Company;
  let ada: PartnerView;
  let grace: PartnerView;
  let programId: string;
  let program: string;

  beforeAll(async () => {
    mail = await startMailCatcher();
    product = await startStandalone({ config: { smtpUrl: mail.url } });
    company = await openCompany(product.operator);
    const { id } = await company.api.post<{ id: string }>('/v1/programs', {
      name: 'Harbour sales partners',
      slug: 'sales-partners',
      leadsEnabled: true,
      dealsEnabled: true,
    });
    programId = id;
    program = `/v1/partner/programs/${id}`;
    await company.api.post(`/v1/programs/${id}/terms`, { text: 'Ask before you refer somebody.' });
    await offer('50 EUR for a lead', { trigger: 'lead_won', reward: flat(5_000) });
    await offer('20 % of later sales', { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2_000 } });
    await offer('10 % of a deal', { trigger: 'deal_won', reward: { kind: 'percent', basisPoints: 1_000 } });
    ada = await join('Ada', 'ada@partners.example');
    grace = await join('Grace', 'grace@partners.example');
  });

  afterAll(async () => {
    await product.close();
    await mail.stop();
  });

  const flat = (amount: number) => ({ kind: 'flat', amount, currency: 'EUR' });
  const offer = (name: string, rule: object) =>
    company.api.post(`/v1/programs/${programId}/offers`, { name, rule });

  async function join(name: string, email: string): Promise<PartnerView> {
    const partner = await signUpPartner(product.operator, mail, name, email);
    await joinProgram(partner, company.api, programId, `${name.toLowerCase()}-refers`);
    return new PartnerView(partner, programId);
  }

  const submit = (view: PartnerView, kind: 'leads' | 'deals', body: object) =>
    view.partner.api.post<ReferralJson>(`${program}/${kind}`, body);
  const act = (kind: 'leads' | 'deals', { id }: ReferralJson, action: string, body: object = {}) =>
    company.api.post<ReferralJson>(`/v1/${kind}/${id}/${action}`, body);

  it('B-31 pays a lead that was won, and ties its customer to the partner', async () => {
    const lead = await submit(ada, 'leads', { contact: { name: 'Eve', email: 'eve@acme.example' } });
    expect(lead.status.code).toBe('AWAITING_APPROVAL');
    await act('leads', lead, 'approve');
    await act('leads', lead, 'move', { stage: 'qualified' });
    await act('leads', lead, 'close-won', { customerKey: 'C-EVE' });
    await eventually(async () => (await ada.customers()).length === 1);
    const [commission] = await ada.heldCommissions(1);
    expect(commission).toMatchObject({
      amount: { amount: 5_000, currency: 'EUR' },
      subject: { kind: 'lead', key: lead.id },
    });
    expect((await ada.trace(commission?.id ?? '')).actions).toHaveLength(1);
    expect(await company.api.get(`/v1/decisions?subjectKey=${lead.id}`)).toMatchObject({
      data: [{ subjectKind: 'lead', subjectKey: lead.id, reason: { code: 'CREDITED_LEAD' } }],
    });
    const titles = await eventually(async () => {
      const all = (await ada.notices()).map(({ title }) => title);
      return all.includes('Your lead was won') && all;
    });
    expect(titles).toContain('Your lead was approved');
    expect(await grace.customers()).toEqual([]);
  });

  it('B-31 pays a deal by its worth, to who registered the account first', async () => {
    const worth = { amount: 250_000, currency: 'EUR' };
    const first = await submit(ada, 'deals', { account: { name: 'Acme Inc.' }, worth });
    const second = await submit(grace, 'deals', { account: { name: 'ACME, Inc' }, worth });
    expect(second).toMatchObject({ state: 'declined', status: { code: 'ACCOUNT_ALREADY_REGISTERED' } });
    await act('deals', first, 'approve');
    await act('deals', first, 'close-won', { customerKey: 'C-ACME' });
    const amounts = (await ada.heldCommissions(2)).map(({ amount }) => amount.amount);
    expect(amounts).toEqual([5_000, 25_000]);
    expect(await grace.commissions()).toEqual([]);
  });

  it('B-31 credits later orders of the customer to the partner of the lead', async () => {
    const at = new Date().toISOString();
    const placed = { customer: { id: 'C-EVE' }, order: { id: 'EVE-1', amount: 10_000, currency: 'EUR' } };
    await company.shop.send({ type: 'order.placed', timestamp: at, data: placed });
    await company.shop.send({ type: 'order.fulfilled', timestamp: at, data: { order: { id: 'EVE-1' } } });
    const amounts = (await ada.heldCommissions(3)).map(({ amount }) => amount.amount);
    expect(amounts).toEqual([5_000, 25_000, 2_000]);
  });

  it('takes the commission back when a closing turns out wrong, as a new revision', async () => {
    const lead = await submit(grace, 'leads', { contact: { email: 'kim@acme.example' } });
    await act('leads', lead, 'approve');
    await act('leads', lead, 'close-won', { customerKey: 'C-KIM' });
    expect((await grace.heldCommissions(1)).map(({ amount }) => amount.amount)).toEqual([5_000]);
    await act('leads', lead, 'reopen', { reason: 'Kim never signed.' });
    await act('leads', lead, 'close-lost', { reason: 'Kim never signed.' });
    const [commission] = await eventually(async () => {
      const all = await grace.commissions();
      return all[0]?.amount.amount === 0 && all;
    });
    expect(commission?.state).toBe('reversed');
    expect((await grace.notices()).map(({ title }) => title)).toContain('Your lead was lost');
  });
});
