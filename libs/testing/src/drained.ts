import { Client } from 'pg';
import { eventually } from './eventually.js';
import type { TestDatabase } from './test-database.js';

/** Waits until every published event has reached an end with every consumer, or waits for something. */
export async function drained(database: TestDatabase, timeoutMs = 60_000): Promise<void> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await eventually(async () => {
      const { rows } = await client.query<{
        consumer: string;
        event_type: string;
        state: string;
        error: unknown;
      }>(
        `select consumer, event_type, state, error from bus.delivery where state in ('ready', 'sent') limit 3`,
      );
      if (rows.length > 0) throw new Error(`under way: ${JSON.stringify(rows).slice(0, 2000)}`);
      return true;
    }, timeoutMs);
  } finally {
    await client.end();
  }
}
