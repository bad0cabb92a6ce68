import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asScraper, eventually, FixedClock, startTcpProxy, startTestApp, type TcpProxy } from '#testing';
import { TRACKING } from '../src/service.js';
import { clickIdOf, type ClicksFixture, createClicksFixture } from './clicks-fixture.js';
import { type RedirectApp, startRedirectApp } from './redirect-app.js';

describe('a redirect while PostgreSQL is away', () => {
  let world: ClicksFixture;
  let proxy: TcpProxy;
  let clock: FixedClock;
  let dataDir: string;
  const started: RedirectApp[] = [];

  beforeEach(async () => {
    world = await createClicksFixture();
    proxy = await startTcpProxy(world.server.url);
    clock = new FixedClock('2026-11-20T10:00:00Z');
    dataDir = await mkdtemp(join(tmpdir(), 'fairlead-tracking-'));
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((app) => app.close()));
    await proxy.close();
    await rm(dataDir, { recursive: true });
    await world.close();
  });

  const start = async (clickSpoolMaxBytes = 1_000_000) => {
    const databaseUrl = proxy.url(world.server.url);
    const app = await startRedirectApp({ databaseUrl, dataDir, clickSpoolMaxBytes }, clock);
    started.push(app);
    return app;
  };
  const stop = async (app: RedirectApp) => {
    started.splice(started.indexOf(app), 1);
    await app.close();
  };
  /** An app that knows the link `known`. */
  const startKnowing = async () => {
    await world.link('known');
    const app = await start();
    await eventually(async () => (await app.follow('known')).status === 302);
    return app;
  };
  const storedIds = async () => (await world.clicks()).map((click) => click.click_id);
  const spooled = () => readdir(join(dataDir, 'tracking', 'clicks'));
  const arrivedLate = async () => {
    const { rows } = await world.admin.query<{ data: { clickId: string } }>(
      `select data from bus.event where type = 'click.arrived_late'`,
    );
    return rows.map(({ data }) => data.clickId);
  };
  const metric = async (app: RedirectApp, name: string) => {
    const text = await (await fetch(`${app.url}/metrics`, { headers: asScraper })).text();
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
  };

  it('still redirects; the click arrives when PostgreSQL is back, once, and is announced as late', async () => {
    const app = await startKnowing();
    proxy.cut();
    const responses = await Promise.all(Array.from({ length: 20 }, () => app.follow('known')));
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 302));
    const ids = responses.map(clickIdOf).toSorted();
    expect(await storedIds()).not.toContain(ids[0]);
    expect(await metric(app, 'click_spool_bytes')).toBeGreaterThan(0);
    clock.advance(5_001);
    proxy.restore();
    await eventually(async () => (await spooled()).length === 0);
    expect((await storedIds()).filter((id) => ids.some((other) => other === id))).toHaveLength(20);
    expect((await arrivedLate()).filter((id) => ids.some((other) => other === id)).toSorted()).toEqual(ids);
    expect((await app.follow('known')).status).toBe(302);
  });

  it('announces no click that was stored within 5 s', async () => {
    const app = await startKnowing();
    proxy.cut();
    const clickId = clickIdOf(await app.follow('known'));
    clock.advance(5_000);
    proxy.restore();
    await eventually(async () => (await storedIds()).includes(clickId));
    expect(await arrivedLate()).toEqual([]);
  });

  it('answers within a moment when PostgreSQL hangs, and stores the click once', async () => {
    const app = await startKnowing();
    proxy.stall();
    const response = await app.follow('known');
    expect(response.status).toBe(302);
    proxy.restore();
    await eventually(async () => (await spooled()).length === 0);
    expect((await storedIds()).filter((id) => id === clickIdOf(response))).toHaveLength(1);
  });

  it('redirects after a start without PostgreSQL, from the snapshot, and keeps the click over a restart', async () => {
    await stop(await startKnowing());
    proxy.cut();
    const app = await start();
    const response = await app.follow('known');
    expect(response.status).toBe(302);
    await stop(app);
    expect(await storedIds()).not.toContain(clickIdOf(response));
    proxy.restore();
    await start();
    await eventually(async () => (await storedIds()).includes(clickIdOf(response)));
  });

  it('starts with a snapshot that is not one', async () => {
    await stop(await startKnowing());
    await writeFile(
      join(dataDir, 'tracking', 'links.ndjson'),
      '\u0000garbage\n{"slug":"known","destinationUrl":"javascript:alert(1)"}\n',
    );
    const app = await start();
    const destination = await eventually(async () => (await app.follow('known')).headers.get('location'));
    expect(destination).toContain('shop.example');
  });

  it('asks for patience about a link it does not know, and the browser tries again by itself', async () => {
    const app = await startKnowing();
    proxy.cut();
    const response = await app.follow('never-seen');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.text()).toContain('http-equiv="refresh"');
  });

  it('starts tracking as a whole without PostgreSQL, and is ready once it is back', async () => {
    await stop(await startKnowing());
    proxy.cut();
    const database = { ...world.server, url: proxy.url(world.server.url) };
    const app = await startTestApp([TRACKING], { database, config: { dataDir } });
    const response = await fetch(`${app.url}/r/known`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    proxy.restore();
    await eventually(async () => (await storedIds()).includes(clickIdOf(response)));
    await eventually(async () => (await app.call('GET', '/health/ready')).status === 200);
    await app.close();
  });

  it('sends the visitor of an unknown link to the fallback URL of the one company there is', async () => {
    const { companyId } = await world.link('known');
    await world.admin.query(
      `insert into access.company (company_id, name, fallback_url, created_at)
       values ($1, 'C', 'https://shop.example/welcome', now())`,
      [companyId],
    );
    const app = await start();
    await eventually(async () => (await app.follow('known')).status === 302);
    await eventually(() => readFile(join(dataDir, 'tracking', 'fallback-url'), 'utf8'));
    await stop(app);
    proxy.cut();
    const response = await (await start()).follow('never-seen');
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('https://shop.example/welcome');
  });

  it('redirects when the spool is full, and counts what is lost', async () => {
    await world.link('known');
    const app = await start(0);
    await eventually(async () => (await app.follow('known')).status === 302);
    const before = await metric(app, 'clicks_lost');
    proxy.cut();
    const response = await app.follow('known');
    expect(response.status).toBe(302);
    expect(await metric(app, 'clicks_lost')).toBe(before + 1);
    proxy.restore();
    const saved = await eventually(async () => {
      const clickId = clickIdOf(await app.follow('known'));
      return (await storedIds()).includes(clickId);
    });
    expect(saved).toBe(true);
    expect(await storedIds()).not.toContain(clickIdOf(response));
  });
});
