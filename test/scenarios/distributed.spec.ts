import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  drained,
  eventually,
  expectInvariants,
  freePort,
  type MailCatcher,
  startMailCatcher,
  startTestRedis,
  type TestDatabase,
  type TestRedis,
} from '#testing';
import type { Service } from '#contracts';
import { INVARIANTS } from '../../apps/standalone/src/invariants.js';
import { ApiClient } from '../../demo/api-client.js';
import { silent } from '../../demo/narrator.js';
import { playStory } from '../../demo/story.js';
import { type ServiceProcess, startProcess } from './service-process.js';

const SERVICES = [
  'tracking',
  'attribution',
  'commissions',
  'approvals',
  'messaging',
  'reconciliation',
] as const;

describe('one process per service behind the gateway', () => {
  let database: TestDatabase;
  let redis: TestRedis | null;
  let mail: MailCatcher;
  let dataDir: string;
  const processes: ServiceProcess[] = [];

  beforeAll(async () => {
    [database, redis, mail, dataDir] = await Promise.all([
      createTestDatabase(),
      startTestRedis(),
      startMailCatcher(),
      mkdtemp(join(tmpdir(), 'fairlead-distributed-')),
    ]);
  });

  afterAll(async () => {
    await Promise.all(processes.map((started) => started.kill()));
    await redis?.stop();
    await mail.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('plays the same story, each by a login of its own, on Redis where there is one, and stops when told', async () => {
    const ports = await Promise.all([...SERVICES, 'gateway'].map(() => freePort()));
    const gatewayPort = ports.at(-1) ?? 0;
    const urls = SERVICES.map((service, index) => [
      `${service.toUpperCase()}_URL`,
      `http://127.0.0.1:${ports[index] ?? 0}`,
    ]);
    const env = {
      REDIS_URL: redis?.url ?? '',
      SMTP_URL: mail.url,
      FAIRLEAD_SECRET_KEY: 'distributed-secret-key-distributed-secret',
      FAIRLEAD_DATA_DIR: dataDir,
      DATABASE_POOL_SIZE: '4',
      PUBLIC_URL: `http://127.0.0.1:${gatewayPort}`,
      ...Object.fromEntries(urls),
    };
    const start = async (service: Service, port: number) => {
      const login = database.urlOf(service === 'gateway' ? 'access' : service);
      const started = await startProcess(service, port, { ...env, DATABASE_URL: login });
      processes.push(started);
      return started;
    };
    await Promise.all(SERVICES.map((service, index) => start(service, ports[index] ?? 0)));
    const gateway = await start('gateway', gatewayPort);
    const token = await eventually(() => /flo_\S+/.exec(gateway.output())?.[0]);

    const story = await playStory(new ApiClient(gateway.url).as(token), mail, silent);

    const amounts = (await story.winner.commissions()).map(({ amount }) => amount.amount);
    expect(amounts.toSorted((a, b) => a - b)).toEqual([500, 900, 1_000, 1_800]);
    await drained(database);
    await expectInvariants(database, INVARIANTS);
    const ends = await Promise.all(processes.map((started) => started.stop()));
    expect(ends.every((end) => end === 0 || end === 'SIGTERM')).toBe(true);
  });
});
