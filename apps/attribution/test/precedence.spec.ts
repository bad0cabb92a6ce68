import { type Id, newId } from '#kernel';
import { expectInvariants } from '#testing';
import { ATTRIBUTION_INVARIANTS } from '../src/invariants.js';
import { AttributionApp, may, type TestPartner } from './attribution-app.js';
import { companyAndPartner } from './company-and-partner.js';
import { order } from './facts.js';

describe("a company's order of precedence", () => {
  let service: AttributionApp;
  let company: Id<'Company'>;
  let anna: TestPartner;
  let bert: TestPartner;

  beforeAll(async () => {
    service = await AttributionApp.start();
  });
  beforeEach(async () => {
    company = newId('Company');
    [anna, bert] = [await service.partner(company), await service.partner(company)];
  });
  afterEach(() => expectInvariants(service.app.database, ATTRIBUTION_INVARIANTS, service.clock));
  afterAll(() => service.close());

  const { call, ofPartner, standing, signedUp } = companyAndPartner(
    () => service,
    () => company,
  );

  const set = (...precedence: string[]) => call('PUT', '/v1/attribution-settings', { precedence });

  it('is read, set from now on, and kept with its history', async () => {
    expect((await call('GET', '/v1/attribution-settings')).body).toEqual({
      precedence: ['bound_customer', 'code', 'last_click'],
      history: [],
    });
    service.clock.set(may(10).toISOString());
    const { body } = await set('code', 'bound_customer', 'last_click');
    expect(body).toEqual({
      precedence: ['code', 'bound_customer', 'last_click'],
      history: [
        { precedence: ['code', 'bound_customer', 'last_click'], effectiveFrom: may(10).toISOString() },
      ],
    });
    expect((await set('code', 'bound_customer', 'last_click')).body.history).toHaveLength(1);
    expect((await call('GET', '/v1/attribution-settings', undefined, newId('Company'))).body.history).toEqual(
      [],
    );
  });

  it('holds for events from its moment on, and the trace says which held', async () => {
    await signedUp('c1', anna);
    await service.code(bert, 'bert10');
    service.clock.set(may(10).toISOString());
    await set('code', 'bound_customer', 'last_click');
    await service.handle(
      order(company, 'before', { at: may(10, -1), customer: 'c1', codes: ['bert10'] }),
      order(company, 'after', { at: may(10), customer: 'c1', codes: ['bert10'] }),
      order(company, 'plain', { at: may(11), customer: 'c1' }),
    );
    expect(await standing('before')).toMatchObject({ winner: anna.partnershipId });
    expect(await standing('after')).toMatchObject({ winner: bert.partnershipId });
    expect(await standing('plain')).toMatchObject({ winner: anna.partnershipId });
    const [customer] = (await ofPartner(anna, 'customers')).body.data;
    const { body } = await ofPartner(anna, `customers/${customer.id}/trace`);
    expect(
      body.actions.map(({ orderKey, precedence }: { orderKey: string | null; precedence: string[] }) => [
        orderKey,
        precedence[0],
      ]),
    ).toEqual([
      ['plain', 'code'],
      [null, 'code'],
      ['before', 'bound_customer'],
      [null, 'bound_customer'],
    ]);
  });

  it('names each method once', async () => {
    for (const precedence of [['code'], ['code', 'code', 'last_click'], ['code', 'bound_customer', 'luck']]) {
      expect(await set(...precedence)).toMatchObject({
        status: 422,
        body: { errors: [{ field: expect.stringMatching(/^precedence/) }] },
      });
    }
  });
});
