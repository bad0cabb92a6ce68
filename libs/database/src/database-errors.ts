import { types } from 'node:util';

/** SQLSTATE and Node.js codes of a failure and all that caused it, outermost first. */
export function errorCodes(error: unknown): string[] {
  return causesOf(error).flatMap((each) =>
    'code' in each && typeof each.code === 'string' ? [each.code] : [],
  );
}

/** 08: connection; 53: out of connections, memory or disk; 57P01 to 57P03: shutting down or starting up. */
const AWAY =
  /^(08...|53...|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)$/;
/** node-postgres gives these no code. */
const AWAY_MESSAGE =
  /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered/;

/** PostgreSQL cannot be reached or takes no connections: the same work can succeed later. */
export function isDatabaseAway(error: unknown): boolean {
  return (
    errorCodes(error).some((code) => AWAY.test(code)) ||
    causesOf(error).some((each) => AWAY_MESSAGE.test(each.message) || isSocketMissing(each))
  );
}

/** A server that has stopped takes its Unix socket with it. */
const isSocketMissing = (error: Error): boolean =>
  'code' in error && error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect';

/** Serialization failure or deadlock: rolled back by PostgreSQL in favour of another transaction. */
export function isTransactionConflict(error: unknown): boolean {
  return errorCodes(error).some((code) => code === '40001' || code === '40P01');
}

/** Text that PostgreSQL cannot store, such as U+0000. */
export function isTextRefused(error: unknown): boolean {
  return errorCodes(error).some((code) => code === '22021' || code === '22P05');
}

function causesOf(error: unknown, depth = 0): Error[] {
  if (!isError(error) || depth > 5) return [];
  const parts: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [error, ...[error.cause, ...parts].flatMap((inner) => causesOf(inner, depth + 1))];
}

/** Also of errors that were made in another context than ours, as a test runner's sockets do. */
const isError = (error: unknown): error is Error => types.isNativeError(error) || error instanceof Error;
