import { companyScope, type Database, type Transaction } from '#database';
import type { Id } from '#kernel';

/** Runs `work` in a transaction of a company in which PostgreSQL refuses every write, for at most 30 s. */
export function readOnly<T>(
  database: Database,
  companyId: Id<'Company'>,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return database.transaction(companyScope(companyId), async (tx) => {
    await tx.query("select set_config('statement_timeout', '30s', true)");
    await tx.query('set transaction read only');
    return work(tx);
  });
}
