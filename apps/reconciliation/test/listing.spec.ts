import { newId, publicId } from '#kernel';
import { asScraper } from '#testing';
import { ReconciliationApp, type StoredWebhook } from './reconciliation-app.js';

describe('the list of dead letters', () => {
  let ops: ReconciliationApp;
  const [acme, globex] = [newId('Company'), newId('Company')];
  const stored: StoredWebhook[] = [];

  beforeAll(async () => {
    ops = await ReconciliationApp.start();
    for (const company of [acme, globex, acme, globex, acme]) stored.push(await ops.deadWebhook(company));
  });

  afterAll(async () => {
    await ops.close();
  });

  const ids = (page: { data: { eventId: string }[] }) => page.data.map((line) => line.eventId);
  const newestFirst = (webhooks: readonly StoredWebhook[]) =>
    webhooks.map((webhook) => publicId('Event', webhook.eventId)).toReversed();
  const list = async (query: string) => (await ops.get(`/v1/ops/dead-letters?${query}`)).body;

  it('shows those of every company, the latest death first', async () => {
    const page = await list('');
    expect(ids(page)).toEqual(newestFirst(stored));
    expect(page.data[0]).toMatchObject({
      companyId: publicId('Company', acme),
      consumer: 'tracking',
      eventType: 'webhook.received',
      code: 'WEBHOOK_UNREADABLE',
      message: 'amount is "19,99"',
      revision: 0,
    });
  });

  it('B-01 shows those of one company when one is named', async () => {
    const page = await list(`companyId=${publicId('Company', globex)}`);
    expect(ids(page)).toEqual(newestFirst(stored.filter((webhook) => webhook.companyId === globex)));
    expect(ids(await list(`companyId=${publicId('Company', newId('Company'))}`))).toEqual([]);
  });

  it('goes on where a page ended', async () => {
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    const third = await list(`limit=2&cursor=${second.nextCursor}`);
    expect([...ids(first), ...ids(second), ...ids(third)]).toEqual(newestFirst(stored));
    expect([ids(third).length, third.nextCursor]).toEqual([1, null]);
  });

  it.each([
    ['consumer=tracking', 5],
    ['consumer=messaging', 0],
    ['eventType=webhook.received', 5],
    ['eventType=order.placed', 0],
    ['code=WEBHOOK_UNREADABLE', 5],
    ['code=UNEXPECTED', 0],
    [`from=2026-01-01T00:00:00Z&until=2999-01-01T00:00:00Z`, 5],
    ['from=2999-01-01T00:00:00Z', 0],
    ['until=2026-01-01T00:00:00Z', 0],
  ])('filters by %s', async (query, count) => {
    expect(ids(await list(query))).toHaveLength(count);
  });

  it('bounds a time range half-open: died at or after, and before', async () => {
    const { data } = await list('');
    const [latest] = data;
    const earlier = data.filter((line: { diedAt: string }) => line.diedAt < latest.diedAt).length;
    expect(ids(await list(`until=${latest.diedAt}`))).toHaveLength(earlier);
    expect(ids(await list(`from=${latest.diedAt}`))).toHaveLength(5 - earlier);
  });

  it.each([
    'cursor=nonsense',
    'limit=0',
    'limit=251',
    'from=yesterday',
    'consumer=nobody',
    'companyId=acme',
    'x=1',
  ])('refuses %s', async (query) => {
    expect((await ops.get(`/v1/ops/dead-letters?${query}`)).status).toBe(422);
  });

  it('has the path of one event beside it: every consumer and its state', async () => {
    const [webhook] = stored;
    const key = webhook
      ? `companyId=${publicId('Company', webhook.companyId)}&eventId=${publicId('Event', webhook.eventId)}`
      : '';
    const { body } = await ops.get(`/v1/ops/deliveries?${key}`);
    expect(body.data).toMatchObject([{ consumer: 'tracking', state: 'dead', attempts: 1 }]);
    const elsewhere = key.replace(/cmp_[^&]+/, publicId('Company', newId('Company')));
    expect((await ops.get(`/v1/ops/deliveries?${elsewhere}`)).status).toBe(404);
  });

  it('is counted in the health of its consumer', async () => {
    const { body } = await ops.get('/v1/ops/health');
    expect(body.consumers).toHaveLength(7);
    expect(body.consumers).toContainEqual({
      consumer: 'tracking',
      ready: 0,
      oldestReadySeconds: 0,
      sent: 0,
      parked: 0,
      overdue: 0,
      dead: 5,
      oldestDeadSeconds: expect.any(Number),
    });
  });

  it('is counted in the metrics, for alerts', async () => {
    const { status, body } = await ops.get('/metrics', asScraper);
    expect(status).toBe(200);
    expect(body).toContain('fairlead_deliveries{consumer="tracking",state="dead"} 5');
    expect(body).toContain('fairlead_deliveries{consumer="messaging",state="ready"} 0');
    expect(body).toMatch(/fairlead_oldest_delivery_seconds\{consumer="tracking",state="dead"\} \d/);
  });
});
