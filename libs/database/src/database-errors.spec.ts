import { connect } from 'node:net';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { isDatabaseAway, isTransactionConflict } from './database-errors.js';

const withCode = (code: string, options?: ErrorOptions) =>
  Object.assign(new Error('no message counts', options), { code });

const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
};

describe('a database that is away', () => {
  it.each(['08006', '53300', '53100', '57P01', '57P03', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
    'is known by the code %s, under any wrapping',
    (code) => {
      expect(isDatabaseAway(withCode(code))).toBe(true);
      expect(isDatabaseAway(new Error('wrapped', { cause: withCode(code) }))).toBe(true);
      expect(isDatabaseAway(new AggregateError([withCode(code)], 'each address'))).toBe(true);
    },
  );

  it("is known by the driver's words where there is no code", () => {
    expect(isDatabaseAway(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isDatabaseAway(new Error('timeout exceeded when trying to connect'))).toBe(true);
  });

  it('is known by the Unix socket that went with it, not by any missing file', async () => {
    const socket = connect('/nowhere/.s.PGSQL.5432');
    expect(isDatabaseAway(await failureOf(once(socket, 'connect')))).toBe(true);
    expect(isDatabaseAway(await failureOf(readFile('/nowhere/.s.PGSQL.5432')))).toBe(false);
  });

  it('is not seen in what a statement did wrong', () => {
    for (const code of ['23505', '40001', '42501', '57014', '57P04', '22021']) {
      expect(isDatabaseAway(withCode(code))).toBe(false);
    }
    expect(isDatabaseAway('ECONNREFUSED')).toBe(false);
    expect(isDatabaseAway(null)).toBe(false);
  });
});

it('A deadlock and a serialization failure are conflicts, a unique key is not', () => {
  expect(isTransactionConflict(new Error('flush', { cause: withCode('40P01') }))).toBe(true);
  expect(isTransactionConflict(withCode('40001'))).toBe(true);
  expect(isTransactionConflict(withCode('23505'))).toBe(false);
});
