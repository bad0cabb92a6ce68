import { deserialize, serialize } from 'node:v8';
import type { Database, Scope, Transaction } from '#database';
import { InvalidInput } from '#kernel';
import type { IdempotentRequest } from './idempotent-request.js';

/**
 * `database.transaction(scope, work)`, but at most once per caller and `Idempotency-Key`: the key, the
 * effect and the answer commit together in the service's own schema, so a request that is sent again,
 * however late or at the same moment, changes nothing and gets the first answer.
 *
 * ```ts
 * execute(company: CompanyPrincipal, draft: Draft, request: IdempotentRequest): Promise<Program> {
 *   return idempotent(this.database, companyScope(company.companyId), request, async (tx) => { … });
 * }
 * ```
 *
 * - The answer is what `work` returns: plain data (dates and bigints too), no entities, no secrets.
 * - A failed `work` stores nothing: after an error the same key may be tried again.
 * - The scope names the company first that the key belongs to.
 * - Needs `idempotencyTable(role)` in a migration of the service.
 *
 * @throws InvalidInput `idempotency_key.reused` when the key was used for another request
 */
export function idempotent<T>(
  database: Database,
  scope: Scope,
  request: IdempotentRequest,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { key } = request;
  if (key === null) return database.transaction(scope, work);
  const [companyId] = scope.companies;
  if (companyId === undefined) throw new Error('an idempotent transaction names a company');
  const table = `${database.role}.idempotency_key`;
  const identity = [companyId, request.caller, key];

  return database.transaction(scope, async (tx) => {
    const claimed = await tx.query(claim(table), [...identity, request.requestHash]);
    if (claimed.length === 0) return firstAnswer<T>(tx, table, identity, request.requestHash);
    const answer = await work(tx);
    await tx.query(`update ${table} set response = $4 where company_id = $1 and caller = $2 and key = $3`, [
      ...identity,
      serialize(answer),
    ]);
    return answer;
  });
}

/**
 * Waits for a transaction that is claiming the same key. Also forgets a few old keys, so that the table
 * needs no sweeper; by the database's clock, because retention is no business time.
 */
const claim = (table: string) => `
  with forgotten as (
    delete from ${table} where (company_id, caller, key) in (
      select company_id, caller, key from ${table}
      where company_id = $1 and created_at < now() - interval '48 hours'
      order by created_at limit 10 for update skip locked
    )
  )
  insert into ${table} (company_id, caller, key, request_hash) values ($1, $2, $3, $4)
  on conflict do nothing returning key`;

async function firstAnswer<T>(
  tx: Transaction,
  table: string,
  identity: string[],
  requestHash: Buffer,
): Promise<T> {
  const [row] = await tx.query<{ request_hash: Buffer; response: Buffer }>(
    `select request_hash, response from ${table} where company_id = $1 and caller = $2 and key = $3`,
    identity,
  );
  if (!row) throw new Error('an idempotency key vanished while its request was repeated');
  if (!row.request_hash.equals(requestHash)) {
    const message = 'was already used for another request; choose a new one';
    throw new InvalidInput('idempotency_key.reused', `This Idempotency-Key ${message}.`, [
      { field: 'Idempotency-Key', message },
    ]);
  }
  // A parsing border: only `idempotent` writes this column, and the hash names the same route.
  return deserialize(row.response) as T;
}
