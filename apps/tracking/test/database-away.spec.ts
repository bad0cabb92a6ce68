import { createTestDatabase, eventually, startTcpProxy, type TcpProxy, type TestDatabase } from '#testing';
import { type Connected, IngestApp, order } from './ingest-app.js';

describe('ingest while PostgreSQL is away', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let ingest: IngestApp;
  let shop: Connected;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startTcpProxy(database.adminUrl);
    ingest = await IngestApp.start({ database, config: { databaseUrl: proxy.url(database.url) } });
    shop = await ingest.connect();
  });

  afterAll(async () => {
    proxy.restore();
    await ingest.close();
    await proxy.close();
    await database.drop();
  });

  /** How often each of the ids is stored: its key, its event. */
  async function storedOf(ids: readonly string[]) {
    const { rows } = await ingest.admin.query<{ external_id: string; events: string }>(
      `select external_id, count(event_id) as events from tracking.request_key
         left join bus.event on (event.company_id, event.event_id) = (request_key.company_id, request_id)
       where external_id = any($1) group by external_id order by external_id`,
      [ids],
    );
    return rows.map(({ external_id, events }) => [external_id, Number(events)]);
  }

  /** As a sender does: again until it is accepted. */
  const sendUntilAccepted = (id: string) =>
    eventually(async () => {
      const { status, body } = await ingest.send(shop, id, order(id));
      return status === 202 ? body : null;
    });

  it('answers 503 with Retry-After, and takes the retry once it is back', async () => {
    expect((await ingest.send(shop, 'before', order('before'))).status).toBe(202);
    proxy.cut();
    const refused = await ingest.send(shop, 'away', order('away'));
    expect(refused.status).toBe(503);
    expect(refused.body.code).toBe('database_unavailable');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    proxy.restore();
    await sendUntilAccepted('away');
    expect(await storedOf(['away'])).toEqual([['away', 1]]);
  });

  it('answers 503 within its deadline when PostgreSQL hangs, and goes on when it answers again', async () => {
    expect((await sendUntilAccepted('warm')).requestId).toBeDefined();
    proxy.stall();
    const started = performance.now();
    const answers = await Promise.all(['h1', 'h2', 'h3'].map((id) => ingest.send(shop, id, order(id))));
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(performance.now() - started).toBeLessThan(9_000);
    proxy.restore();
    await Promise.all(['h1', 'h2', 'h3'].map(sendUntilAccepted));
    expect(await storedOf(['h1', 'h2', 'h3'])).toEqual([
      ['h1', 1],
      ['h2', 1],
      ['h3', 1],
    ]);
  });

  it('every request answered 202 is stored once, whenever the connection broke', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `cut-${String(index).padStart(3, '0')}`);
    const accepted = new Set<string>();
    for (let from = 0; from < ids.length; from += 30) {
      const started = performance.now();
      await sendUntilAccepted(`up-${from}`);
      const takesMs = performance.now() - started;
      const wave = ids.slice(from, from + 30);
      const sent = wave.map((id) => ingest.send(shop, id, order(id)));
      const cut = setTimeout(() => proxy.cut(), from === 0 ? 60_000 : (takesMs * from) / 100);
      const answers = await Promise.all(sent);
      clearTimeout(cut);
      proxy.restore();
      for (const [index, { status }] of answers.entries()) {
        expect([202, 503]).toContain(status);
        if (status === 202) accepted.add(wave[index] ?? '');
      }
    }
    const stored = new Map((await storedOf(ids)).map(([id, events]) => [id, events]));
    expect(accepted.size).toBeGreaterThan(0);
    for (const id of accepted) expect([id, stored.get(id)]).toEqual([id, 1]);

    await Promise.all(ids.map(sendUntilAccepted));
    expect(await storedOf(ids)).toEqual(ids.map((id) => [id, 1]));
  });
});
