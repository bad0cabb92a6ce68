import { Client } from 'pg';

/** A truth that must hold over all stored data, as a query that returns the rows which break it. */
export interface Invariant {
  /** Number in docs/architecture.md, and what it looks at: `I2.parked`. */
  readonly id: string;
  readonly description: string;
  /**
   * One `select` without `order by` or `limit`. Sees every tenant. `current_setting('fairlead.now')` is the
   * application's time, which business deadlines are judged by; leases and due times go by `now()`.
   */
  readonly sql: string;
}

export interface InvariantResult {
  readonly id: string;
  readonly description: string;
  /** How many rows break it; 0 when it holds. */
  readonly broken: number;
  /** The first few of them. */
  readonly samples: readonly unknown[];
}

const SAMPLES = 5;

/**
 * Checks invariants on one consistent snapshot, reading only. `row_security = off` makes PostgreSQL refuse
 * a login that row-level security would bind, instead of showing it fewer rows: what passes has seen all.
 *
 * @param adminUrl a superuser, or a login with BYPASSRLS that may read every schema
 * @param now the application's time
 */
export async function checkInvariants(
  adminUrl: string,
  invariants: readonly Invariant[],
  now: Date,
): Promise<InvariantResult[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local row_security = off');
    await client.query(`select set_config('fairlead.now', $1, true)`, [now.toISOString()]);
    const results: InvariantResult[] = [];
    for (const invariant of invariants) results.push(await check(client, invariant));
    return results;
  } finally {
    await client.end();
  }
}

async function check(client: Client, { id, description, sql }: Invariant): Promise<InvariantResult> {
  const { rows } = await client.query<{ sample: unknown; total: number }>(
    `select to_jsonb(offending) as sample, count(*) over ()::int as total from (${sql}) offending limit ${SAMPLES}`,
  );
  return { id, description, broken: rows[0]?.total ?? 0, samples: rows.map((row) => row.sample) };
}
