import { type Id, newId } from '#kernel';
import { expectInvariants } from '#testing';
import { ATTRIBUTION_INVARIANTS } from '../src/invariants.js';
import { AttributionApp, may, type TestPartner } from './attribution-app.js';
import { companyAndPartner } from './company-and-partner.js';
import { order } from './facts.js';

describe('deleting a customer', () => {
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

  const { call, ofPartner, standing, idOf, signedUp } = companyAndPartner(
    () => service,
    () => company,
  );

  const remove = async (customerKey: string, body: object) =>
    call('POST', `/v1/customers/${await idOf(customerKey)}/deletion`, body);

  it('B-40 B-44 B-47 leaves the partner a tombstone with the reason, and tells commissions', async () => {
    await signedUp('c1', anna);
    const { status, body } = await remove('c1', {
      reason: 'ACCOUNT_CANCELLED',
      note: 'closed in May',
      commissions: 'reverse',
    });
    expect(status).toBe(200);
    const deletion = {
      reason: 'ACCOUNT_CANCELLED',
      note: 'closed in May',
      deletedAt: service.clock.now().toISOString(),
    };
    expect(body).toMatchObject({ state: 'deleted', deletion });
    expect((await ofPartner(anna, 'customers')).body.data).toMatchObject([{ state: 'deleted', deletion }]);
    expect((await ofPartner(anna, 'customers?state=live')).body.data).toEqual([]);
    expect((await ofPartner(anna, 'customers?state=deleted')).body.data).toHaveLength(1);
    expect((await call('GET', '/v1/customers?state=live')).body.data).toEqual([]);
    const { rows } = await service.admin.query(
      `select data from bus.event where company_id = $1 and type = 'customer.deleted'`,
      [company],
    );
    expect(rows).toMatchObject([
      {
        data: {
          reason: 'ACCOUNT_CANCELLED',
          note: 'closed in May',
          commissions: 'reverse',
          seenBy: {
            partnershipId: anna.partnershipId,
            partnerId: anna.partnerId,
            programId: anna.programId,
          },
        },
      },
    ]);
  });

  it('B-40 credits nobody for what comes afterwards, and leaves what is decided as it is', async () => {
    await signedUp('c1', anna);
    await remove('c1', { reason: 'FRAUD', commissions: 'keep' });
    const click = await service.click(bert, may(3));
    await service.handle(order(company, 'o1', { at: may(4), customer: 'c1', click }));
    await service.handleLateClicks(click);
    expect(await standing('c1')).toMatchObject({ revision: 1, winner: anna.partnershipId });
    expect(await standing('o1')).toMatchObject({
      winner: null,
      reason: 'CUSTOMER_DELETED',
      candidates: [
        [anna.partnershipId, 'CUSTOMER_DELETED'],
        [bert.partnershipId, 'CUSTOMER_DELETED'],
      ],
    });
  });

  it('needs a known reason, words with OTHER, and what becomes of the commissions', async () => {
    await signedUp('c1', anna);
    const fields: string[] = [];
    for (const body of [
      { reason: 'BORED', commissions: 'keep' },
      { reason: 'OTHER', commissions: 'keep' },
      { reason: 'OTHER', note: ' ', commissions: 'keep' },
      { reason: 'TEST' },
    ]) {
      const refused = await remove('c1', body);
      expect(refused.status).toBe(422);
      fields.push(...refused.body.errors.map(({ field }: { field: string }) => field));
    }
    expect(fields).toEqual(['reason', 'note', 'note', 'commissions']);
  });

  it('happens once, and ends what can be said about the customer', async () => {
    await signedUp('c1', anna);
    const body = { reason: 'OTHER', note: 'asked us to', commissions: 'keep' };
    expect(await remove('c1', body)).toMatchObject({ status: 200 });
    expect(await remove('c1', body)).toMatchObject({ status: 409, body: { code: 'customer.deleted' } });
    const path = `/v1/customers/${await idOf('c1')}/attribution`;
    expect(await call('POST', path, { partnershipId: null, reason: 'x' })).toMatchObject({ status: 409 });
  });

  it('shows no tombstone to a partner who never saw the customer', async () => {
    const click = await service.click(anna, may(1));
    await service.handle(order(company, 'o1', { at: may(2), customer: 'c1', click, policy: 'first' }));
    await service.recordOrder(anna, 'o1', may(2), null);
    await remove('c1', { reason: 'TEST', commissions: 'reverse' });
    expect((await ofPartner(anna, 'customers')).body.data).toEqual([]);
    expect((await ofPartner(bert, 'customers')).body.data).toEqual([]);
    const { rows } = await service.admin.query(
      `select data->'seenBy' as seen from bus.event where company_id = $1 and type = 'customer.deleted'`,
      [company],
    );
    expect(rows).toEqual([{ seen: null }]);
  });
});
