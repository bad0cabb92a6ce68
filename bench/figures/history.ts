import { Client } from 'pg';
import type { Figures, Plan } from '../plan.js';
import type { RunningInstallation } from '../running.js';
import { median } from '../statistics.js';
import { driveOrders } from './drive.js';

/** Whether history slows the pipeline: its rate with millions of clicks and customers over its rate without. */
export async function measureHistory(
  empty: RunningInstallation,
  full: RunningInstallation,
  plan: Plan,
): Promise<Figures> {
  await storeHistory(full, plan.history);
  await driveOrders(empty, plan.orders);
  await driveOrders(full, plan.orders);
  const without: number[] = [];
  const withHistory: number[] = [];
  for (let run = 0; run < plan.runs; run += 1) {
    without.push(await driveOrders(empty, plan.orders));
    withHistory.push(await driveOrders(full, plan.orders));
  }
  return {
    history_none_per_second: median(without),
    history_full_per_second: median(withHistory),
    history_ratio: median(withHistory.map((rate, run) => rate / (without[run] ?? Number.NaN))),
  };
}

/** Three months of clicks, five to a visitor, and customers, evenly over the companies; then analysed. */
async function storeHistory(running: RunningInstallation, size: Plan['history']): Promise<void> {
  const database = new Client({ connectionString: running.adminUrl });
  await database.connect();
  try {
    const companies = running.world.companies;
    for (const { companyId, programId, links } of companies) {
      const link = links[0];
      if (!link) throw new Error('a company without links');
      await database.query(CLICKS, [
        companyId,
        link.linkId,
        programId,
        link.partnershipId,
        Math.floor(size.clicks / companies.length),
      ]);
      await database.query(CUSTOMERS, [companyId, Math.floor(size.customers / companies.length)]);
    }
    await database.query('vacuum analyze');
  } finally {
    await database.end();
  }
}

const UUID_AT = (moment: string) => `(lpad(to_hex((extract(epoch from ${moment}) * 1000)::bigint), 12, '0')
  || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`;

const CLICKS = `
  insert into tracking.click (company_id, click_id, visitor_id, link_id, program_id, partnership_id, clicked_at)
  select $1::uuid, ${UUID_AT('at')}, md5($1::uuid::text || n / 5)::uuid, $2, $3, $4, at
    from generate_series(1, $5::int) as n, lateral (select now() - random() * interval '90 days' as at) as t`;

/** They bought once and came by nobody's link. */
const CUSTOMERS = `
  insert into attribution.customer (company_id, customer_id, customer_key, first_paid_at, last_action_at, created_at)
  select $1::uuid, gen_random_uuid(), 'history-' || n, now(), now(), now() from generate_series(1, $2::int) as n`;
