import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect } from 'kysely';
import type { PoolClient } from 'pg';
import type { DatabaseRole } from './scope.js';

/** A value that node-postgres can bind. Arrays become PostgreSQL arrays; JSON must be passed as text. */
export type SqlValue = string | number | bigint | boolean | Date | Buffer | null | readonly SqlValue[];

/**
 * One database transaction: the unit of work (`em`) for entities, bound SQL for set-based statements, and
 * callbacks that run only once it is durable. Lives as long as the callback it was handed to.
 */
export class Transaction {
  readonly #afterCommit: (() => void)[] = [];
  readonly #client: PoolClient;
  readonly #orm: MikroORM;
  readonly #role: DatabaseRole;
  #em: EntityManager | undefined;

  constructor(client: PoolClient, orm: MikroORM, role: DatabaseRole) {
    this.#client = client;
    this.#orm = orm;
    this.#role = role;
  }

  /** MikroORM's unit of work in this transaction; flushed before the commit. Made when first asked for. */
  get em(): EntityManager {
    if (!this.#em) {
      this.#em = this.#orm.em.fork();
      this.#em.setTransactionContext(onClient(this.#client));
    }
    return this.#em;
  }

  /**
   * Runs one statement with bound parameters (`$1`, `$2`, …) and returns its rows as the driver gives
   * them: `bigint` as text, `timestamptz` as text, `jsonb` parsed. The statement is prepared once per
   * connection, so its text must be constant: values belong in the parameters.
   */
  async query<Row>(text: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    const result = await this.#client.query({
      name: statementName(this.#role, text),
      text,
      values: [...parameters],
    });
    return result.rows as Row[];
  }

  /** Runs `callback` after a successful commit, never after a rollback. It must not throw. */
  afterCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  /** @internal writes what the unit of work still holds */
  async flush(): Promise<void> {
    await this.#em?.flush();
  }

  /** @internal called by Database once the commit is durable */
  committed(): void {
    for (const callback of this.#afterCommit) callback();
  }
}

const names = new Map<string, string>();

/** @internal A plan depends on the role through row-level security: each has its own prepared statement. */
export function statementName(role: DatabaseRole, text: string): string {
  const key = `${role} ${text}`;
  let name = names.get(key);
  if (name === undefined) {
    name = `${role}_${names.size}`;
    names.set(key, name);
  }
  return name;
}

/** What MikroORM takes for a transaction: statements that run on this one connection. */
function onClient(client: PoolClient): Kysely<unknown> {
  const borrowed = { query: client.query.bind(client), release: () => undefined };
  return new Kysely({
    dialect: new PostgresDialect({
      pool: { options: {}, connect: async () => borrowed, end: async () => undefined },
    }),
  });
}
