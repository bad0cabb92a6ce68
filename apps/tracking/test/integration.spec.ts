import { newId } from '#kernel';
import { asCompany, asOperator, eventually } from '#testing';
import { IngestApp, order } from './ingest-app.js';

describe('integrations', () => {
  let ingest: IngestApp;

  beforeAll(async () => {
    ingest = await IngestApp.start();
  });

  afterAll(() => ingest.close());

  it('rotates secrets with overlap and refuses a revoked one within 5 seconds', async () => {
    const shop = await ingest.connect();
    const path = `/v1/integrations/${shop.id}`;
    const { body: added } = await ingest.app.call('POST', `${path}/secrets`, asCompany(ingest.company), {});
    expect(added.secret).toMatch(/^whsec_/);
    const next = { ...shop, secret: added.secret };
    await eventually(async () => (await ingest.send(next, 'msg_r1', order('r1'))).status === 202);
    expect((await ingest.send(shop, 'msg_r2', order('r2'))).status).toBe(202);
    const { body: before } = await ingest.app.call('GET', path, asCompany(ingest.company));
    const old = before.secrets.find(({ id }: { id: string }) => id !== added.id);
    const revoked = await ingest.app.call('DELETE', `${path}/secrets/${old.id}`, asCompany(ingest.company));
    expect(revoked.status).toBe(204);
    await eventually(async () => (await ingest.send(shop, 'msg_r3', order('r3'))).status === 401);
    expect((await ingest.send(next, 'msg_r4', order('r4'))).status).toBe(202);
    expect(JSON.stringify(before)).not.toContain(shop.secret);
  });

  it('A-24 a body with other names is dead until the mapping knows them, for ops and company alike', async () => {
    const shop = await ingest.connect();
    const own = JSON.stringify({
      type: 'purchase',
      timestamp: '2026-05-12T09:30:00Z',
      data: { customer: { id: 'c-1' }, order: { reference: 'P-9', amount: 1_000, currency: 'EUR' } },
    });
    const put = (path: string, headers: Record<string, string>, body: unknown) =>
      ingest.app.call('PUT', path, headers, body);
    const first = await put(`/v1/integrations/${shop.id}/mapping`, asCompany(ingest.company), {
      types: { purchase: 'order.placed' },
    });
    expect([first.status, first.body.version]).toEqual([200, 1]);
    const { body: receipt } = await ingest.send(shop, 'msg_own', own);
    expect(await ingest.detailOf(receipt.requestId)).toMatchObject({
      state: 'dead',
      reason: 'FIELD_MISSING',
    });

    const second = await put(`/v1/ops/integrations/${shop.id}/mapping`, asOperator('operator'), {
      types: { purchase: 'order.placed' },
      fields: { 'order.id': 'data.order.reference' },
    });
    expect([second.status, second.body.version]).toEqual([200, 2]);
    const { body: again } = await ingest.send(shop, 'msg_own_2', own);
    expect(await ingest.detailOf(again.requestId)).toMatchObject({ state: 'done' });
    const refused = await put(`/v1/integrations/${shop.id}/mapping`, asCompany(ingest.company), {
      types: { purchase: 'order.bought' },
      fields: { price: 'a', 'order.id': '..' },
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'types.purchase',
      'fields.price',
      'fields.order.id',
    ]);
    expect((await put(`/v1/ops/integrations/${shop.id}/mapping`, asOperator('viewer'), {})).status).toBe(403);
    expect((await put(`/v1/integrations/${shop.id}/mapping`, asCompany(newId('Company')), {})).status).toBe(
      404,
    );
  });

  it('A-25 an order keeps the fulfilment policy of its own time, whenever it arrives', async () => {
    const of = newId('Company');
    const shop = await ingest.connect(of);
    const path = `/v1/integrations/${shop.id}`;
    const before = new Date().toISOString();
    const changed = await eventually(async () => {
      if (new Date().toISOString() === before) return null;
      return ingest.app.call('PATCH', path, asCompany(of), { fulfilmentPolicy: 'none', name: 'Shop 2' });
    });
    expect([changed.status, changed.body.fulfilmentPolicy, changed.body.name]).toEqual([
      200,
      'none',
      'Shop 2',
    ]);
    const after = new Date(Date.now() + 1_000).toISOString();
    for (const [id, timestamp] of [
      ['later', after],
      ['earlier', before],
    ] as const) {
      const { body } = await ingest.send(shop, id, order(id, { timestamp }));
      await ingest.detailOf(body.requestId, of);
    }
    const facts = await ingest.factsOf('order.placed', of);
    expect(facts.map((fact) => [fact['orderKey'], fact['fulfilmentPolicy']])).toEqual([
      ['later', 'none'],
      ['earlier', 'first'],
    ]);
    const stranger = await ingest.app.call('PATCH', path, asCompany(newId('Company')), { name: 'mine' });
    expect(stranger.status).toBe(404);
  });

  it.each(['none', 'first', 'lines', 'complete'] as const)(
    'A-21 an order carries the policy %s of its integration, and its lines and codes',
    async (fulfilmentPolicy) => {
      const of = newId('Company');
      const shop = await ingest.connect(of);
      const path = `/v1/integrations/${shop.id}`;
      expect((await ingest.app.call('PATCH', path, asCompany(of), { fulfilmentPolicy })).status).toBe(200);
      const timestamp = new Date(Date.now() + 1_000).toISOString();
      const lines = [{ id: 'l-1', product: 'P-1', amount: 1_000 }];
      const data = {
        customer: { id: 'c-1' },
        order: { id: 'o-1', amount: 1_000, currency: 'EUR', lines },
        codes: ['Ada10'],
      };
      const { body } = await ingest.send(shop, 'placed', order('o-1', { timestamp, data }));
      await ingest.detailOf(body.requestId, of);
      expect(await ingest.factsOf('order.placed', of)).toMatchObject([
        {
          fulfilmentPolicy,
          codes: ['Ada10'],
          lines: [{ lineKey: 'l-1', productKey: 'P-1', categoryKey: null, amount: 1_000 }],
        },
      ]);
    },
  );

  it('publishes cancellations, chargebacks, fulfilled lines and actions as facts', async () => {
    const of = newId('Company');
    const shop = await ingest.connect(of);
    const about = { order: { id: 'o-1' } };
    const chargeback = { id: 'cb-1', amount: 500, currency: 'EUR', outcome: 'opened' };
    for (const [type, data] of [
      ['order.cancelled', about],
      ['order.charged_back', { ...about, chargeback }],
      ['order.fulfilled', { ...about, fulfilment: { lines: ['l-1'] } }],
      ['action.performed', { customer: { id: 'c-1' }, action: { id: 'a-1', name: 'Demo booked' } }],
    ] as const) {
      const { body } = await ingest.send(shop, type, order('', { type, data }));
      expect(await ingest.detailOf(body.requestId, of)).toMatchObject({ state: 'done' });
    }
    expect(await ingest.factsOf('order.cancelled', of)).toMatchObject([{ orderKey: 'o-1' }]);
    expect(await ingest.factsOf('order.charged_back', of)).toMatchObject([
      { orderKey: 'o-1', chargebackKey: 'cb-1', amount: 500, currency: 'EUR', outcome: 'opened' },
    ]);
    expect(await ingest.factsOf('order.fulfilled', of)).toMatchObject([
      { orderKey: 'o-1', lineKeys: ['l-1'] },
    ]);
    expect(await ingest.factsOf('action.performed', of)).toMatchObject([
      { customerKey: 'c-1', actionKey: 'a-1', action: 'Demo booked' },
    ]);
  });

  it('shows a secret again only to the repetition of the request that made it', async () => {
    const of = newId('Company');
    const headers = { ...asCompany(of), 'idempotency-key': 'connect-1' };
    const draft = { kind: 'native', name: 'Shop' };
    const connect = () => ingest.app.call('POST', '/v1/integrations', headers, draft);
    const [first, second] = [await connect(), await connect()];
    expect(second.body).toEqual(first.body);
    const { body: list } = await ingest.app.call('GET', '/v1/integrations', asCompany(of));
    expect(list.data).toHaveLength(1);
    expect(JSON.stringify(list)).not.toContain(first.body.newSecret.secret);
    const { body: others } = await ingest.app.call('GET', '/v1/integrations', asCompany(newId('Company')));
    expect(others.data).toEqual([]);
  });

  it('takes Stripe’s own secret, now or later, and makes none for it', async () => {
    const of = newId('Company');
    const post = (path: string, body: unknown) => ingest.app.call('POST', path, asCompany(of), body);
    const { body: made } = await post('/v1/integrations', { kind: 'stripe', name: 'Billing' });
    expect([made.newSecret, made.secrets]).toEqual([null, []]);
    const path = `/v1/integrations/${made.id}/secrets`;
    expect((await post(path, {})).body.code).toBe('secret.missing');
    expect((await post(path, { secret: 'sk_live_1' })).status).toBe(422);
    const added = await post(path, { secret: 'whsec_from_the_dashboard' });
    expect([added.status, added.body.secret]).toEqual([201, null]);
    const native = await post('/v1/integrations', {
      kind: 'native',
      name: 'Shop',
      secret: 'whsec_chosen_by_me',
    });
    expect(native.body.code).toBe('secret.unexpected');
    const mapping = await ingest.app.call('PUT', `/v1/integrations/${made.id}/mapping`, asCompany(of), {});
    expect(mapping.body.code).toBe('mapping.not_native');
  });
});
