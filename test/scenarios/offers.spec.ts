import { drained, expectInvariants, type MailCatcher, startMailCatcher } from '#testing';
import { INVARIANTS } from '../../apps/standalone/src/invariants.js';
import { type Company, openCompany } from '../../demo/company.js';
import { joinProgram, signUpPartner } from '../../demo/people.js';
import { type Standalone, startStandalone } from './standalone.js';

interface Answered {
  readonly offerId: string;
  readonly outcome: string;
  readonly amount: number;
  readonly failed: readonly string[];
}

interface ConditionJson {
  readonly code: string;
  readonly passed: boolean;
}

interface SimulationJson {
  readonly attribution: { readonly partnershipId: string | null };
  readonly offers: readonly {
    readonly offerId: string;
    readonly outcome: string;
    readonly earned: { readonly amount: number };
    readonly conditions: readonly ConditionJson[];
  }[];
}

interface EvaluationsJson {
  readonly data: readonly {
    readonly offerId: string;
    readonly outcome: string;
    readonly target: { readonly amount: number };
    readonly conditions: readonly ConditionJson[];
  }[];
}

const failedOf = (conditions: readonly ConditionJson[]) =>
  conditions.filter(({ passed }) => !passed).map(({ code }) => code);

/** The whole way from a rule in JSON to what it pays, and what the simulator said of it before. */
describe('what a simulation says is what then happens', () => {
  let mail: MailCatcher;
  let product: Standalone;
  let company: Company;
  let partnershipId: string;

  beforeAll(async () => {
    mail = await startMailCatcher();
    product = await startStandalone({ config: { smtpUrl: mail.url } });
    company = await openCompany(product.operator);
    const ada = await signUpPartner(product.operator, mail, 'Ada', 'ada@partners.example');
    await joinProgram(ada, company.api, company.programId, 'ada-offers');
    const { data } = await company.api.get<{ data: { id: string }[] }>('/v1/partnerships');
    partnershipId = data[0]?.id ?? '';
    await company.api.post('/v1/codes', { code: 'ADA', partnershipId });
    await publish({
      reward: { kind: 'lines', rates: [{ products: ['mill'], basisPoints: 3000 }], otherBasisPoints: 500 },
    });
    await publish({
      reward: {
        kind: 'tiers',
        measure: 'count',
        period: 'all_time',
        steps: [
          { after: 0, reward: { kind: 'percent', basisPoints: 1000 } },
          { after: 2, reward: { kind: 'percent', basisPoints: 2500 } },
        ],
      },
      customerCap: { count: 2 },
    });
    await publish({
      reward: { kind: 'percent', basisPoints: 5000 },
      partnerBudget: { amount: 6_000, currency: 'EUR', period: 'all_time' },
    });
  });

  afterAll(async () => {
    await product.close();
    await mail.stop();
  });

  const publish = (rule: object) =>
    company.api.post(`/v1/programs/${company.programId}/offers`, {
      name: 'An offer',
      rule: { trigger: 'sale', ...rule },
    });

  const LINES = [
    { productKey: 'beans', amount: 6_000 },
    { productKey: 'mill', amount: 4_000 },
  ];

  async function simulated(): Promise<readonly Answered[]> {
    const now = new Date().toISOString();
    const { attribution, offers } = await company.api.post<SimulationJson>(
      `/v1/programs/${company.programId}/simulations`,
      {
        subject: { kind: 'order', amount: 10_000, currency: 'EUR', lines: LINES, fulfilledAt: now },
        codesOf: [partnershipId],
      },
    );
    expect(attribution.partnershipId).toBe(partnershipId);
    return offers.map(({ offerId, outcome, earned, conditions }) => ({
      offerId,
      outcome,
      amount: earned.amount,
      failed: failedOf(conditions),
    }));
  }

  async function happened(id: string): Promise<readonly Answered[]> {
    const timestamp = new Date().toISOString();
    const send = (type: string, data: object) => company.shop.send({ type, timestamp, data });
    await send('order.placed', {
      codes: ['ada'],
      customer: { id: `customer of ${id}` },
      order: {
        id,
        amount: 10_000,
        currency: 'EUR',
        lines: LINES.map(({ productKey, amount }, index) => ({
          id: String(index),
          product: productKey,
          amount,
        })),
      },
    });
    await send('order.fulfilled', { order: { id } });
    await drained(product.database);
    const { data } = await company.api.get<EvaluationsJson>(`/v1/evaluations?subjectKey=${id}`);
    // Newest first: once judged when it was placed, and once more where the fulfilment changed the answer.
    const last = new Map(data.toReversed().map((evaluation) => [evaluation.offerId, evaluation]));
    return [...last.values()].map(({ offerId, outcome, target, conditions }) => ({
      offerId,
      outcome,
      amount: target.amount,
      failed: failedOf(conditions),
    }));
  }

  const byOffer = (answers: readonly Answered[]) =>
    answers.toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1));

  it.each(['first', 'second', 'third', 'fourth'])('of the %s order', async (id) => {
    const said = await simulated();
    expect(said.length).toBeGreaterThanOrEqual(3);
    expect(byOffer(await happened(id))).toEqual(byOffer(said));
  });

  it('has come to the amounts that the texts of the offers promise', async () => {
    const { data } = await company.api.get<EvaluationsJson>('/v1/evaluations?subjectKey=fourth');
    const amounts = data.filter(({ outcome }) => outcome !== 'waiting_fulfilment');
    // 6,000 × 5 % + 4,000 × 30 %; the third and fourth order by the upper step; the budget used up by the second.
    expect(amounts.map(({ target }) => target.amount)).toEqual(expect.arrayContaining([1_500, 2_500, 0]));
  });

  it('the best alone, once the program says so', async () => {
    await company.api.post(`/v1/programs/${company.programId}/stacking`, { policy: 'best' });
    const said = await simulated();
    expect(said.filter(({ outcome }) => outcome === 'earned')).toHaveLength(1);
    expect(byOffer(await happened('best'))).toEqual(byOffer(said));
  });

  it('holds every invariant afterwards', async () => {
    await expectInvariants(product.database, INVARIANTS);
  });
});
