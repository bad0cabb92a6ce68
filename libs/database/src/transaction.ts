import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect } from 'kysely';
import type { PoolClient } from 'pg';
import type { DatabaseRole } from './scope.js';
import { canRunAfter, run, runAfter, type SqlValue, statementOf } from './statement.js';

/**
 * One database transaction: the unit of work (`em`) for entities, bound SQL for set-based statements, and
 * callbacks that run only once it is durable. Lives as long as the callback it was handed to.
 */
export class Transaction {
  readonly #afterCommit: (() => void)[] = [];
  readonly #client: PoolClient;
  readonly #orm: MikroORM;
  readonly #role: DatabaseRole;
  /** What begins it; null once that was sent. */
  #begin: string | null;
  #em: EntityManager | undefined;

  /** @internal */
  constructor(client: PoolClient, orm: MikroORM, role: DatabaseRole, begin: string) {
    this.#client = client;
    this.#orm = orm;
    this.#role = role;
    this.#begin = begin;
  }

  /** MikroORM's unit of work in this transaction; flushed before the commit. Made when first asked for. */
  get em(): EntityManager {
    if (!this.#em) {
      this.#em = this.#orm.em.fork();
      this.#em.setTransactionContext(onClient(this.#client, () => this.#ensureBegun()));
    }
    return this.#em;
  }

  /**
   * Runs one statement with bound parameters (`$1`, `$2`, …) and returns its rows as the driver gives
   * them: `bigint` as text, `timestamptz` as text, `jsonb` parsed. The statement is prepared once per
   * connection, so its text must be constant: values belong in the parameters.
   */
  async query<Row>(text: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    const statement = statementOf(this.#role, text, parameters);
    const begin = this.#begin;
    if (begin !== null && canRunAfter(this.#client, statement)) {
      this.#begin = null;
      return runAfter<Row>(this.#client, begin, statement);
    }
    await this.#ensureBegun();
    return run<Row>(this.#client, statement);
  }

  async #ensureBegun(): Promise<void> {
    const begin = this.#begin;
    this.#begin = null;
    if (begin !== null) await this.#client.query(begin);
  }

  /** Runs `callback` after a successful commit, never after a rollback. It must not throw. */
  afterCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  /** @internal Writes what the unit of work still holds, and ends the transaction if it ever began. */
  async commit(): Promise<void> {
    await this.#em?.flush();
    if (this.#begin === null) await this.#client.query('commit');
  }

  /** @internal called by Database once the commit is durable */
  committed(): void {
    for (const callback of this.#afterCommit) callback();
  }
}

/** What MikroORM takes for a transaction: statements that run on this one connection. */
function onClient(client: PoolClient, ensureBegun: () => Promise<void>): Kysely<unknown> {
  const borrowed = { query: client.query.bind(client), release: () => undefined };
  const connect = async () => {
    await ensureBegun();
    return borrowed;
  };
  return new Kysely({
    dialect: new PostgresDialect({
      pool: { options: {}, connect, end: async () => undefined },
    }),
  });
}
