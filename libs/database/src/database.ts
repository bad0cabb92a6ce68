import type { MikroORM } from '@mikro-orm/postgresql';
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

  /** Runs `work` in one transaction that can see only `scope`; commits when it resolves. */
  async transaction<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const em = this.#orm.em.fork();
    em.setSessionContext({ role: `fairlead_${this.role}`, variables: settingsOf(scope) });
    let transaction: Transaction | undefined;
    const result = await em.transactional(async (inner) => {
      transaction = new Transaction(inner);
      return work(transaction);
    });
    transaction?.committed();
    return result;
  }

  /** The same database in another role of this process: for the bus, which serves every service. */
  as(role: DatabaseRole): Database {
    return new Database(this.#orm, role);
  }
}
