import type { MikroORM } from '@mikro-orm/postgresql';
import { escapeLiteral, type Pool, type PoolClient } from 'pg';
import { errorCodes } from './database-errors.js';
import { roleName } from './logins.js';
import { type DatabaseRole, type Scope, settingsOf } from './scope.js';
import { Transaction } from './transaction.js';

/** A service's door to PostgreSQL: every unit of work is one scoped transaction in the service's role. */
export class Database {
  readonly #orm: MikroORM;

  constructor(
    orm: MikroORM,
    readonly role: DatabaseRole,
  ) {
    this.#orm = orm;
  }

  /**
   * Runs `work` in one transaction that can see only `scope`; commits when it resolves, rolls back when it
   * throws. Role and scope are set in the round trip that begins it (docs/adr: prepared statements).
   */
  async transaction<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    const tx = new Transaction(client, this.#orm, this.role);
    let result: T;
    try {
      await client.query(
        `begin; ${isPlanTimeOver(client) ? 'discard plans; ' : ''}${enter(this.role, scope)}`,
      );
      result = await work(tx);
      await tx.flush();
      await client.query('commit');
    } catch (error) {
      await giveUp(client, error);
      throw error;
    }
    client.release();
    tx.committed();
    return result;
  }

  async #connect(): Promise<PoolClient> {
    const connection = this.#orm.em.getConnection();
    await connection.ensureConnection();
    const pool: Pool = await connection.getNativeClient();
    return pool.connect();
  }

  /** The same database in another role of this process: for the bus, which serves every service. */
  as(role: DatabaseRole): Database {
    return new Database(this.#orm, role);
  }
}

/** One statement that sets the transaction's role and whose rows it may see. */
function enter(role: DatabaseRole, scope: Scope): string {
  const settings = Object.entries({ ...settingsOf(scope), role: roleName(role) });
  return `select ${settings.map(([name, value]) => `set_config('${name}', ${escapeLiteral(value)}, true)`).join(', ')}`;
}

/** How long a connection keeps its plans: a table may have grown from nothing to millions meanwhile. */
const PLANS_LAST_MS = 15_000;
const plannedSince = new WeakMap<PoolClient, number>();

function isPlanTimeOver(client: PoolClient): boolean {
  const now = performance.now();
  const since = plannedSince.get(client);
  if (since !== undefined && now - since < PLANS_LAST_MS) return false;
  plannedSince.set(client, now);
  return since !== undefined;
}

/** A table changed under a prepared statement: the connection's other statements may be stale too. */
const FEATURE_NOT_SUPPORTED = '0A000';

/** Rolls back. A connection on which that fails, or whose prepared statements are stale, leaves the pool. */
async function giveUp(client: PoolClient, error: unknown): Promise<void> {
  const isStale = errorCodes(error).includes(FEATURE_NOT_SUPPORTED);
  const isBroken = await client.query('rollback').then(
    () => false,
    () => true,
  );
  client.release(isStale || isBroken);
}
