import type { Pool, PoolClient } from 'pg';

/** Whoever holds a connection that ended learns it at the next statement; after this nobody will. */
const GRACE_MS = 1_000;

/**
 * Gives connections that ended while in use back to their pool. Kysely forgets to when `begin`, `commit` or
 * `rollback` fails on one (kysely-org/kysely#1990), so each outage of PostgreSQL would make the pool smaller,
 * until every transaction waits for ever and `close` never ends.
 */
export function returnDeadConnections(pool: Pool): void {
  const inUse = new Set<PoolClient>();
  pool.on('acquire', (client) => inUse.add(client));
  pool.on('release', (_error, client) => inUse.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!inUse.has(client)) return;
      setTimeout(() => {
        if (!inUse.has(client)) return;
        client.release(new Error('the connection ended'));
        // A second release, should its holder wake up after all, must not throw.
        client.release = () => undefined;
      }, GRACE_MS);
    });
  });
}
