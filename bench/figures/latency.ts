import { Client } from 'pg';
import { SecretBox } from '#config';
import { asId, type Id, newId, publicId } from '#kernel';
import { signAccessToken } from '../../apps/gateway/src/session/session-tokens.js';
import { makeOrders, type Order, signedRequest, storeClicks } from '../orders.js';
import type { Figures, Plan } from '../plan.js';
import type { RunningInstallation } from '../running.js';
import { percentile } from '../statistics.js';

/**
 * When the client asks: every 30 ms, then each time a quarter as long again, so that asking does not become
 * the load that is measured. What is reported is up to that much too long, never too short.
 */
const pollAfter = (waitedMs: number) => Math.max(30, waitedMs / 4);
const GIVE_UP_MS = 30_000;
const WARM_UP_ORDERS = 100;

/**
 * From sending the webhook that earns a commission to seeing it by GET on the partner API, by the client's
 * clock, at a steady rate of orders.
 */
export async function measureLatency(running: RunningInstallation, plan: Plan): Promise<Figures> {
  const { orders: count, perSecond } = plan.latency;
  const readers = new PartnerReaders(running);
  await readers.signIn();
  await sendSteadily(running, readers, Math.min(WARM_UP_ORDERS, count), perSecond);
  const latencies = await sendSteadily(running, readers, count, perSecond);
  return {
    latency_p50_ms: percentile(latencies, 0.5),
    latency_p99_ms: percentile(latencies, 0.99),
    latency_max_ms: percentile(latencies, 1),
  };
}

async function sendSteadily(
  running: RunningInstallation,
  readers: PartnerReaders,
  count: number,
  perSecond: number,
): Promise<number[]> {
  const at = new Date();
  const orders = makeOrders(running.world, count, at);
  const database = new Client({ connectionString: running.adminUrl });
  await database.connect();
  await storeClicks(database, orders, at);
  await database.end();
  const begun = performance.now();
  return Promise.all(
    orders.map(async (order, index) => {
      await pause(begun + (index * 1_000) / perSecond - performance.now());
      return latencyOf(running.child.url, order, readers);
    }),
  );
}

async function latencyOf(url: string, order: Order, readers: PartnerReaders): Promise<number> {
  await post(url, order, 'placed');
  const sent = performance.now();
  await post(url, order, 'fulfilled');
  while (performance.now() - sent < GIVE_UP_MS) {
    await pause(pollAfter(performance.now() - sent));
    if (await readers.seesCommission(order)) return performance.now() - sent;
  }
  throw new Error(`no commission for ${order.key} within ${GIVE_UP_MS} ms`);
}

async function post(url: string, order: Order, which: 'placed' | 'fulfilled'): Promise<void> {
  const { path, ...request } = signedRequest(order.company, order[which]);
  const response = await fetch(url + path, { ...request, headers: { ...request.headers } });
  await response.arrayBuffer();
  if (response.status !== 202) throw new Error(`ingest answered ${response.status}`);
}

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });

/** Reads the partner API as the partner of each order's last click. */
class PartnerReaders {
  readonly #tokens = new Map<Id<'Partner'>, string>();

  constructor(private readonly running: RunningInstallation) {}

  async signIn(): Promise<void> {
    const secretBox = new SecretBox(this.running.secretKey);
    const partners = this.running.world.companies.flatMap(({ links }) =>
      links.map(({ partnerId }) => partnerId),
    );
    const database = new Client({ connectionString: this.running.adminUrl });
    await database.connect();
    for (const partnerId of new Set(partners)) {
      // The person who owns the account has the account's id (bench/world.ts).
      const session = { personId: asId('Person', partnerId), sessionId: newId('Session') };
      await database.query(
        `insert into access.session (session_id, person_id, generation, created_at, refreshed_at, expires_at)
         values ($1, $2, 1, now(), now(), now() + interval '1 day')`,
        [session.sessionId, partnerId],
      );
      this.#tokens.set(partnerId, (await signAccessToken(secretBox, session, new Date())).token);
    }
    await database.end();
  }

  async seesCommission(order: Order): Promise<boolean> {
    const link = order.clicks.at(-1)?.link;
    if (!link) throw new Error('an order without a click');
    const programId = publicId('Program', order.company.programId);
    const response = await fetch(
      `${this.running.child.url}/v1/partner/programs/${programId}/commissions?limit=20&state=held`,
      { headers: { authorization: `Bearer ${this.#tokens.get(link.partnerId) ?? ''}` } },
    );
    const text = await response.text();
    if (response.status !== 200) throw new Error(`the partner API answered ${response.status}: ${text}`);
    return text.includes(order.key);
  }
}
