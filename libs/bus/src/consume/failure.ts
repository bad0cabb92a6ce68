import { HttpException } from '@nestjs/common';
import { errorCodes, isDatabaseAway, isTransactionConflict } from '#database';
import { AppError } from '#kernel';

/** Why a delivery failed, as its dead letter shows it. */
export interface Failure {
  readonly code: string;
  readonly class: string;
  readonly message: string;
  readonly stack: string | null;
}

/** What the kind of an error says about trying again. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly longestWaitMs: number;
}

const TRANSIENT: RetryPolicy = { attempts: 100, longestWaitMs: 60_000 };
const UNEXPECTED: RetryPolicy = { attempts: 5, longestWaitMs: 60_000 };
const HOPELESS: RetryPolicy = { attempts: 1, longestWaitMs: 0 };

export function retryPolicyOf(error: unknown): RetryPolicy {
  if (isDatabaseAway(error) || isContention(error)) return TRANSIENT;
  if (error instanceof AppError) return error.kind === 'transient' ? TRANSIENT : HOPELESS;
  if (error instanceof HttpException) return error.getStatus() < 500 ? HOPELESS : UNEXPECTED;
  return UNEXPECTED;
}

/** Exponential with full jitter: any time up to base × 2^attempts, so that retries do not march in step. */
export function backoffMs(attempts: number, baseMs: number, policy: RetryPolicy): number {
  return Math.random() * Math.min(policy.longestWaitMs, baseMs * 2 ** Math.min(attempts, 20));
}

export function describeFailure(error: unknown): Failure {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof AppError ? error.code : (errorCodes(error)[0] ?? 'UNEXPECTED');
  return {
    code,
    class: name,
    message: printable(message, 2000),
    stack: stack ? printable(stack, 8000) : null,
  };
}

/** Serialization failure, deadlock, or a race for a unique key: the same work may succeed at once. */
export function isContention(error: unknown): boolean {
  return isTransactionConflict(error) || errorCodes(error).includes('23505');
}

/** PostgreSQL's jsonb refuses NUL and lone surrogates. */
function printable(text: string, length: number): string {
  return text.slice(0, length).replaceAll('\0', '\uFFFD').toWellFormed();
}
