import fc from 'fast-check';
import { openDatabase, type OpenDatabase } from '#testing';
import type { Statements } from './statement.js';

const NOTHING = { companies: [] };

describe('a statement that begins its transaction', () => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await openDatabase('tracking');
  });
  afterAll(() => opened.close());

  const VALUES = `select $1::text as text, $2::text[] as texts, $3::bigint as whole, $4::timestamptz as at,
    $5::bytea as bytes, $6::boolean as yes, $7::jsonb as json`;

  it('gets the very values that a bound one gets, whatever is in them', async () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
    const texts = fc.array(
      fc.option(fc.oneof(text, fc.constantFrom('null', 'NULL', '', '{}', 'a,b', "'", '"', '\\'))),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.option(text),
        texts,
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        fc.uint8Array({ maxLength: 40 }),
        fc.boolean(),
        fc.jsonValue().filter((value) => !JSON.stringify(value).includes('\\u0000')),
        async (one, many, whole, at, bytes, yes, json) => {
          const values = [one, many, whole, at, Buffer.from(bytes), yes, JSON.stringify(json)];
          const bound = await opened.database.transaction(NOTHING, async (tx) => {
            await tx.query('select 1 as begun');
            return tx.query(VALUES, values);
          });
          const first = await opened.database.transaction(NOTHING, (tx) => tx.query(VALUES, values));
          const alone = await opened.database.statements(NOTHING).query(VALUES, values);
          expect([first, alone]).toEqual([bound, bound]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('refuses NUL in a text as a bound one does, and leaves the connection in order', async () => {
    const read = (text: string) =>
      opened.database.transaction(NOTHING, (tx) =>
        tx.query<{ text: string }>('select $1::text as text', [text]),
      );
    expect(await read('before')).toEqual([{ text: 'before' }]);
    await expect(read("x\0'); drop table bus.event; --")).rejects.toThrow('invalid byte sequence');
    expect(await read('after')).toEqual([{ text: 'after' }]);
  });

  it('rolls back what failed', async () => {
    const divide = (by: number) =>
      opened.database.transaction(NOTHING, (tx) =>
        tx.query<{ result: number }>('select 6 / $1::int as result', [by]),
      );
    expect(await divide(3)).toEqual([{ result: 2 }]);
    await expect(divide(0)).rejects.toThrow('division by zero');
    expect(await divide(2)).toEqual([{ result: 3 }]);
  });

  it('is in the transaction with those that come after it, also when they do not wait for it', async () => {
    const now = 'select now()::text as now, pg_current_xact_id()::text as id';
    const ids = async (tx: Statements) =>
      (await Promise.all([1, 2, 3].map(() => tx.query<{ id: string }>(now)))).map(([row]) => row?.id);
    for (let time = 0; time < 3; time += 1) {
      const found = await opened.database.transaction(NOTHING, ids);
      expect(new Set(found).size).toBe(1);
    }
    expect(new Set(await ids(opened.database.statements(NOTHING))).size).toBe(3);
  });
});
