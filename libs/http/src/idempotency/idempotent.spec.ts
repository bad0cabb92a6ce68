import { createHash } from 'node:crypto';
import { companyScope, type Database } from '#database';
import { type Id, newId } from '#kernel';
import { type OpenDatabase, openDatabase } from '#testing';
import { idempotent } from './idempotent.js';
import type { IdempotentRequest } from './idempotent-request.js';

describe('idempotent', () => {
  let opened: OpenDatabase;
  let database: Database;
  let company: Id<'Company'>;

  beforeAll(async () => {
    opened = await openDatabase('access');
    ({ database } = opened);
  });

  afterAll(() => opened.close());

  beforeEach(() => {
    company = newId('Company');
  });

  const request = (key: string | null, body: unknown = {}, caller = 'company:a'): IdempotentRequest => ({
    key,
    caller,
    requestHash: createHash('sha256').update(JSON.stringify(body)).digest(),
  });

  /** A unit of work that leaves a trace and answers with what it made. */
  const createCompany = (asked: IdempotentRequest) =>
    idempotent(database, companyScope(company), asked, async (tx) => {
      const made = { companyId: newId('Company'), at: new Date('2026-05-01T10:00:00Z'), amount: 2n ** 60n };
      await tx.query(`insert into access.company (company_id, name, created_at) values ($1, 'x', now())`, [
        made.companyId,
      ]);
      return made;
    });
  const companies = async () =>
    Number(
      (
        await database.transaction(companyScope(company), (tx) =>
          tx.query<{ count: string }>('select count(*) from access.company'),
        )
      )[0]?.count,
    );

  it('gives the first answer, dates and bigints alike, when a request is repeated', async () => {
    const before = await companies();
    const first = await createCompany(request('k'));
    expect(await createCompany(request('k'))).toEqual(first);
    expect(await companies()).toBe(before + 1);
  });

  it('does the work once when the same request comes twenty times at once', async () => {
    const before = await companies();
    const answers = await Promise.all(Array.from({ length: 20 }, () => createCompany(request('k'))));
    expect(new Set(answers.map((answer) => answer.companyId)).size).toBe(1);
    expect(await companies()).toBe(before + 1);
  });

  it('refuses a key that was used for another request, and says so', async () => {
    await createCompany(request('k', { a: 1 }));
    await expect(createCompany(request('k', { a: 2 }))).rejects.toMatchObject({
      kind: 'invalid',
      code: 'idempotency_key.reused',
    });
  });

  it('keeps callers, companies and requests without a key apart', async () => {
    const made = [
      await createCompany(request('k')),
      await createCompany(request('k', {}, 'company:b')),
      await createCompany(request(null)),
      await createCompany(request(null)),
    ];
    company = newId('Company');
    made.push(await createCompany(request('k')));
    expect(new Set(made.map((answer) => answer.companyId)).size).toBe(5);
  });

  it('stores nothing for work that failed, so that the key can be tried again', async () => {
    const fail = idempotent(database, companyScope(company), request('k'), async () => {
      throw new Error('boom');
    });
    await expect(fail).rejects.toThrow('boom');
    await expect(createCompany(request('k'))).resolves.toBeDefined();
  });

  it('remembers a key for 24 hours and forgets it after 48', async () => {
    await createCompany(request('day-old'));
    await createCompany(request('old'));
    await database.transaction(companyScope(company), (tx) =>
      tx.query(
        `update access.idempotency_key set created_at = now() - case key
           when 'old' then interval '49 hours' else interval '24 hours 1 minute' end`,
      ),
    );
    await createCompany(request('new'));
    const kept = await database.transaction(companyScope(company), (tx) =>
      tx.query('select key from access.idempotency_key order by key'),
    );
    expect(kept).toEqual([{ key: 'day-old' }, { key: 'new' }]);
  });
});
