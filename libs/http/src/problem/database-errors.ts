import { types } from 'node:util';

/** SQLSTATE or Node.js error codes of a failure and all that caused it. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!isError(error) || depth > 5) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const parts: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [...own, ...[error.cause, ...parts].flatMap((inner) => codesOf(inner, depth + 1))];
}

/** Also of errors that were made in another context than ours, as a test runner's sockets do. */
const isError = (error: unknown): error is Error => types.isNativeError(error) || error instanceof Error;

/** 08: connection; 53: out of connections, memory or disk; 57P01 to 57P03: shutting down or starting up. */
const AWAY =
  /^(08...|53...|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)$/;
/** node-postgres gives these no code. */
const AWAY_MESSAGE =
  /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered/;

/** PostgreSQL cannot be reached or takes no connections: the same request can succeed later. */
export function isDatabaseAway(error: unknown): boolean {
  if (codesOf(error).some((code) => AWAY.test(code))) return true;
  return isError(error) && AWAY_MESSAGE.test(error.message);
}

/** Serialization failure or deadlock: rolled back by PostgreSQL in favour of another transaction. */
export function isTransactionConflict(error: unknown): boolean {
  return codesOf(error).some((code) => code === '40001' || code === '40P01');
}

/** Text that PostgreSQL cannot store, such as U+0000. */
export function isTextRefused(error: unknown): boolean {
  return codesOf(error).some((code) => code === '22021' || code === '22P05');
}
