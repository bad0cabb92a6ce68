import { type MailCatcher, startMailCatcher } from '#testing';
import { type Company, openCompany } from '../../demo/company.js';
import { joinProgram, signUpPartner } from '../../demo/people.js';
import { PartnerView } from '../../demo/readings.js';
import { type Standalone, startStandalone } from './standalone.js';

interface CodeJson {
  readonly id: string;
  readonly assignments: readonly { readonly from: string }[];
}

describe('a discount code, from the shop to the commission', () => {
  let mail: MailCatcher;
  let product: Standalone;
  let company: Company;
  let ada: PartnerView;
  let grace: PartnerView;
  let code: CodeJson;

  beforeAll(async () => {
    mail = await startMailCatcher();
    product = await startStandalone({ config: { smtpUrl: mail.url } });
    company = await openCompany(product.operator);
    ada = await join('Ada', 'ada@partners.example');
    grace = await join('Grace', 'grace@partners.example');
  });

  afterAll(async () => {
    await product.close();
    await mail.stop();
  });

  async function join(name: string, email: string): Promise<PartnerView> {
    const partner = await signUpPartner(product.operator, mail, name, email);
    await joinProgram(partner, company.api, company.programId, `${name.toLowerCase()}-codes`);
    return new PartnerView(partner, company.programId);
  }

  async function partnershipOf({ partner }: PartnerView): Promise<string> {
    const { data } = await company.api.get<{ data: { id: string; partner: { email: string } }[] }>(
      '/v1/partnerships',
    );
    return data.find((one) => one.partner.email === partner.email)?.id ?? '';
  }

  /** An order that names no click, and its shipment. */
  async function order(id: string, at: string, codes: readonly string[]): Promise<void> {
    const customer = { id: `customer of ${id}` };
    const placed = { codes, customer, order: { id, amount: 10_000, currency: 'EUR' } };
    await company.shop.send({ type: 'order.placed', timestamp: at, data: placed });
    await company.shop.send({ type: 'order.fulfilled', timestamp: at, data: { order: { id } } });
  }

  const now = () => new Date().toISOString();
  const amountsOf = async (partner: PartnerView, count: number) =>
    (await partner.heldCommissions(count)).map(({ amount }) => amount.amount);

  it('A-17 pays the partner whose code the order used, in whatever case it was typed', async () => {
    code = await company.api.post('/v1/codes', { code: 'Beans10', partnershipId: await partnershipOf(ada) });
    await order('by-code', now(), ['SPRING', 'bEANS10']);
    expect(await amountsOf(ada, 1)).toEqual([2_000]);
  });

  it('A-25 pays whoever had the code at the time of the order, however late it is reported', async () => {
    const before = now();
    code = await company.api.post(`/v1/codes/${code.id}/assign`, {
      partnershipId: await partnershipOf(grace),
    });
    await order('after', now(), ['BEANS10']);
    await order('reported late', before, ['BEANS10']);
    expect(await amountsOf(grace, 1)).toEqual([2_000]);
    expect(await amountsOf(ada, 2)).toEqual([2_000, 2_000]);
    const path = `/v1/partner/programs/${company.programId}/codes`;
    expect((await ada.partner.api.get<{ data: object[] }>(path)).data).toMatchObject([
      { code: 'Beans10', until: code.assignments[1]?.from },
    ]);
  });

  it('A-17 knows a promotion code of Stripe by the text that Stripe told before', async () => {
    const created = Math.floor(Date.now() / 1_000);
    const event = (id: string, type: string, object: object) =>
      company.billing.send({ id, type, created, livemode: true, data: { object } });
    await event('evt_promo', 'promotion_code.created', { id: 'promo_1', code: 'BEANS10' });
    await event('evt_checkout', 'checkout.session.completed', {
      id: 'cs_1',
      created,
      mode: 'payment',
      payment_status: 'paid',
      payment_intent: 'pi_1',
      amount_total: 5_000,
      currency: 'eur',
      customer: 'cus_1',
      discounts: [{ coupon: 'c_1', promotion_code: 'promo_1' }],
      metadata: {},
    });
    expect((await amountsOf(grace, 2)).toSorted((a, b) => a - b)).toEqual([1_000, 2_000]);
  });
});
