import { Pool } from 'pg';
import { roleName } from './logins.js';
import type { DatabaseRole } from './scope.js';
import { type SqlValue, statementOf } from './statement.js';

/** Plans go with their connection: tables may have grown meanwhile. */
const CONNECTION_LIFETIME_S = 30;

/**
 * Single statements in one role, each a transaction of its own and one round trip: for the relay, which runs
 * the same few statements all the time. The role must pass tenants (`bus`); there is no scope.
 */
export class RoleStatements {
  readonly #pool: Pool;
  #closed: Promise<void> | undefined;

  constructor(
    url: string,
    private readonly role: DatabaseRole,
    connections: number,
  ) {
    this.#pool = new Pool({
      connectionString: url,
      max: connections,
      options: `-c role=${roleName(role)}`,
      maxLifetimeSeconds: CONNECTION_LIFETIME_S,
      keepAlive: true,
    });
    // A connection that breaks while idle is replaced; the next statement tells when the server is away.
    this.#pool.on('error', () => undefined);
  }

  async query<Row>(text: string, parameters: readonly SqlValue[]): Promise<Row[]> {
    const { name } = statementOf(this.role, text, parameters);
    return (await this.#pool.query({ name, text, values: [...parameters] })).rows as Row[];
  }

  /** May be called again. */
  close(): Promise<void> {
    this.#closed ??= this.#pool.end();
    return this.#closed;
  }
}
