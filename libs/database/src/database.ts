import type { MikroORM } from '@mikro-orm/postgresql';
import { escapeLiteral, type Pool, type PoolClient } from 'pg';
import { errorCodes } from './database-errors.js';
import { roleName } from './logins.js';
import { type DatabaseRole, type Scope, settingsOf } from './scope.js';
import { canRunAfter, runAfter, type SqlValue, statementOf, type Statements } from './statement.js';
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
   * throws. It begins with its first statement, in the same round trip, which also sets role and scope
   * (docs/adr/0010).
   */
  async transaction<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    const tx = new Transaction(client, this.#orm, this.role, `begin; ${enter(client, this.role, scope)}`);
    let result: T;
    try {
      result = await work(tx);
      await tx.commit();
    } catch (error) {
      await giveUp(client, error);
      throw error;
    }
    client.release();
    tx.committed();
    return result;
  }

  /** Single statements, each a transaction of its own that can see only `scope`: one round trip. */
  statements(scope: Scope): Statements {
    return {
      query: async <Row>(text: string, parameters: readonly SqlValue[] = []) => {
        const statement = statementOf(this.role, text, parameters);
        const client = await this.#connect();
        if (!canRunAfter(client, statement)) {
          client.release();
          return this.transaction(scope, (tx) => tx.query<Row>(text, parameters));
        }
        try {
          const rows = await runAfter<Row>(client, enter(client, this.role, scope), statement);
          client.release();
          return rows;
        } catch (error) {
          await giveUp(client, error);
          throw error;
        }
      },
    };
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

/** Sets the transaction's role and whose rows it may see. */
function enter(client: PoolClient, role: DatabaseRole, scope: Scope): string {
  const settings = Object.entries({ ...settingsOf(scope), role: roleName(role) });
  const calls = settings.map(([name, value]) => `set_config('${name}', ${escapeLiteral(value)}, true)`);
  return `${isPlanTimeOver(client) ? 'discard plans; ' : ''}select ${calls.join(', ')}`;
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
