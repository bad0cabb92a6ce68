import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely } from 'kysely';

/** A value that node-postgres can bind. Arrays become PostgreSQL arrays; JSON must be passed as text. */
export type SqlValue = string | number | bigint | boolean | Date | Buffer | null | readonly SqlValue[];

/**
 * One database transaction: the unit of work (`em`) for entities, bound SQL for set-based statements, and
 * callbacks that run only once it is durable. Lives as long as the callback it was handed to.
 */
export class Transaction {
  readonly #afterCommit: (() => void)[] = [];

  constructor(readonly em: EntityManager) {}

  /**
   * Runs one statement with bound parameters (`$1`, `$2`, …) and returns its rows as the driver gives
   * them: `bigint` as text, `timestamptz` as text, `jsonb` parsed.
   */
  async query<Row>(text: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    const context = this.em.getTransactionContext<Kysely<unknown>>();
    if (!context) throw new Error('the transaction is over');
    const result = await context.executeQuery<Row>(CompiledQuery.raw(text, [...parameters]));
    return result.rows;
  }

  /** Runs `callback` after a successful commit, never after a rollback. It must not throw. */
  afterCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  /** @internal called by Database once the commit is durable */
  committed(): void {
    for (const callback of this.#afterCommit) callback();
  }
}
