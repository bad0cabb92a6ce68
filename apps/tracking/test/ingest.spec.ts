import { Stripe } from 'stripe';
import { newId } from '#kernel';
import { asCompany } from '#testing';
import { invoicePaid } from './stripe-events.js';
import { IngestApp, order, signed } from './ingest-app.js';

describe('ingest', () => {
  let ingest: IngestApp;

  beforeAll(async () => {
    ingest = await IngestApp.start();
  });

  afterAll(() => ingest.close());

  it('stores a signed webhook, answers 202, and its facts follow', async () => {
    const of = newId('Company');
    const shop = await ingest.connect(of);
    const body = order('1001');
    const { status, headers, body: receipt } = await ingest.send(shop, 'msg_1', body);
    expect([status, receipt.status]).toEqual([202, 'accepted']);
    expect(headers.get('strict-transport-security')).toBeNull();
    const detail = await ingest.detailOf(receipt.requestId, of);
    expect(detail).toMatchObject({
      state: 'done',
      externalId: 'msg_1',
      integrationId: shop.id,
      body: { encoding: 'utf8', content: body },
      conflicts: [],
    });
    const [fact] = await ingest.factsOf('order.placed', of);
    expect(fact).toMatchObject({
      orderKey: '1001',
      customerKey: 'c-1',
      amount: 1_000,
      currency: 'EUR',
      fulfilmentPolicy: 'first',
    });
  });

  it('answers duplicate to the same id and content, conflict to other content, and keeps both', async () => {
    const shop = await ingest.connect();
    const first = await ingest.send(shop, 'msg_c', order('c1'));
    const same = await ingest.send(shop, 'msg_c', order('c1'));
    const other = await ingest.send(shop, 'msg_c', order('c2'));
    expect([first, same, other].map(({ status, body }) => [status, body.status])).toEqual([
      [202, 'accepted'],
      [202, 'duplicate'],
      [202, 'conflict'],
    ]);
    expect([same.body.requestId, other.body.requestId]).toEqual(Array(2).fill(first.body.requestId));
    await ingest.send(shop, 'msg_c', order('c2'));
    const detail = await ingest.detailOf(first.body.requestId);
    expect(JSON.parse(detail.body.content).data.order.id).toBe('c1');
    expect(
      detail.conflicts.map(
        (conflict: { body: { content: string } }) => JSON.parse(conflict.body.content).data.order.id,
      ),
    ).toEqual(['c2']);
    const { body: list } = await ingest.app.call(
      'GET',
      '/v1/webhook-requests?status=conflict',
      asCompany(ingest.company),
    );
    expect(list.data).toMatchObject([{ id: first.body.requestId, externalId: 'msg_c', status: 'conflict' }]);
    const orders = (await ingest.factsOf('order.placed')).map((data) => data['orderKey']);
    expect(orders.filter((key) => key === 'c1' || key === 'c2')).toEqual(['c1']);
  });

  it('shows the ten newest conflicts of one request, whatever number was sent', async () => {
    const shop = await ingest.connect();
    const first = await ingest.send(shop, 'msg_many', order('m0'));
    for (let sent = 1; sent <= 11; sent += 1) await ingest.send(shop, 'msg_many', order(`m${sent}`));
    const { conflicts } = await ingest.detailOf(first.body.requestId);
    expect(conflicts).toHaveLength(10);
    expect(conflicts[0].body.content).toContain('"m11"');
  });

  it('A-24 lists a company its own dead webhooks, and what to mend in them', async () => {
    const [of, theirs] = [newId('Company'), newId('Company')];
    const [shop, other] = [await ingest.connect(of), await ingest.connect(theirs)];
    await ingest.send(shop, 'msg_good', order('good'));
    for (const [at, id] of [
      [shop, 'msg_dead_1'],
      [shop, 'msg_dead_2'],
      [other, 'msg_theirs'],
    ] as const) {
      const { body } = await ingest.send(at, id, order('bad').replace('1000', '-1'));
      await ingest.detailOf(body.requestId, at === shop ? of : theirs);
    }
    const list = async (query: string) =>
      (await ingest.app.call('GET', `/v1/webhook-requests?${query}`, asCompany(of))).body;
    const page = await list('status=dead&limit=1');
    expect(page.data).toMatchObject([
      {
        externalId: 'msg_dead_2',
        state: 'dead',
        reason: 'AMOUNT_INVALID',
        message: expect.stringMatching(/^data\.order\.amount must be a whole number/),
      },
    ]);
    const next = await list(`status=dead&cursor=${page.nextCursor}`);
    expect(next.data.map(({ externalId }: { externalId: string }) => externalId)).toEqual(['msg_dead_1']);
    const { data } = await list('status=all');
    expect(data.map(({ externalId }: { externalId: string }) => externalId).toSorted()).toEqual([
      'msg_dead_1',
      'msg_dead_2',
      'msg_good',
    ]);
  });

  it('takes the same webhook, sent 1,000 times at once, for one', async () => {
    const shop = await ingest.connect();
    const body = order('many');
    const headers = signed(shop.secret, 'msg_many', body);
    const receipts = await Promise.all(
      Array.from({ length: 1_000 }, () => ingest.post(shop.path, headers, body)),
    );
    const counts = Map.groupBy(receipts, ({ status, body: receipt }) => `${status} ${receipt.status}`);
    expect(
      [...counts]
        .map(([answer, of]) => [answer, of.length] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ).toEqual([
      ['202 accepted', 1],
      ['202 duplicate', 999],
    ]);
    expect(new Set(receipts.map(({ body: receipt }) => receipt.requestId)).size).toBe(1);
    await ingest.detailOf(receipts[0]?.body.requestId);
    expect((await ingest.factsOf('order.placed')).filter((data) => data['orderKey'] === 'many')).toHaveLength(
      1,
    );
  });

  it('keeps apart what two integrations and two companies call by one id', async () => {
    const theirs = newId('Company');
    const shops = [await ingest.connect(), await ingest.connect(), await ingest.connect(theirs)];
    const answers = await Promise.all(shops.map((shop) => ingest.send(shop, 'msg_shared', order('shared'))));
    expect(answers.map(({ body }) => body.status)).toEqual(Array(3).fill('accepted'));
    const hidden = await ingest.app.call(
      'GET',
      `/v1/webhook-requests/${answers[0]?.body.requestId}`,
      asCompany(theirs),
    );
    expect(hidden.status).toBe(404);
    const { body: list } = await ingest.app.call('GET', '/v1/webhook-requests', asCompany(theirs));
    expect(list.data).toHaveLength(1);
  });

  it('answers 404 for integrations that do not exist and 422 for what is no integration id', async () => {
    const shop = await ingest.connect();
    const unknown = await ingest.post('/v1/ingest/int_01h455vb4pex5vsknk084sn02q', {}, '{}');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found']);
    expect((await ingest.post('/v1/ingest/shop', {}, '{}')).status).toBe(422);
    expect(
      (await ingest.app.call('GET', `/v1/integrations/${shop.id}`, asCompany(newId('Company')))).status,
    ).toBe(404);
  });

  it('stores types it does not handle and test mode, and posts nothing for them', async () => {
    const shop = await ingest.connect();
    const unknown = await ingest.send(shop, 'msg_u', order('u', { type: 'cart.abandoned' }));
    const test = await ingest.send(shop, 'msg_t', order('t', { test: true }));
    expect(await ingest.detailOf(unknown.body.requestId)).toMatchObject({
      state: 'ignored',
      reason: 'UNSUPPORTED_TYPE',
    });
    expect(await ingest.detailOf(test.body.requestId)).toMatchObject({
      state: 'ignored',
      reason: 'TEST_MODE',
    });
  });

  it('takes Stripe’s webhooks by Stripe’s signature, and its retry for a duplicate', async () => {
    const secret = 'whsec_stripe_test_secret';
    const of = newId('Company');
    const { body: made } = await ingest.app.call('POST', '/v1/integrations', asCompany(of), {
      kind: 'stripe',
      name: 'Billing',
      secret,
    });
    expect([made.fulfilmentPolicy, made.newSecret.secret]).toEqual(['none', null]);
    const path = new URL(made.ingestUrl).pathname;
    const event = invoicePaid({});
    const deliver = (payload: string, by = secret) =>
      ingest.post(
        path,
        { 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret: by }) },
        payload,
      );
    const first = await deliver(JSON.stringify(event));
    const retry = await deliver(JSON.stringify({ ...event, pending_webhooks: 0 }));
    const changed = await deliver(JSON.stringify({ ...event, created: event.created + 1 }));
    expect([first, retry, changed].map(({ status, body }) => [status, body.status])).toEqual([
      [202, 'accepted'],
      [202, 'duplicate'],
      [202, 'conflict'],
    ]);
    expect((await deliver(JSON.stringify(event), 'whsec_of_someone_else')).status).toBe(401);
    expect(await ingest.detailOf(first.body.requestId, of)).toMatchObject({ state: 'done' });
    const facts = await ingest.factsOf('order.placed', of);
    expect(facts.map((data) => [data['orderKey'], data['fulfilmentPolicy']])).toEqual([['in_1', 'none']]);
    const test = await deliver(JSON.stringify({ ...invoicePaid({ id: 'in_test' }), livemode: false }));
    expect(await ingest.detailOf(test.body.requestId, of)).toMatchObject({
      state: 'ignored',
      reason: 'TEST_MODE',
    });
  });
});
