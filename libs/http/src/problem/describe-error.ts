import { HttpException } from '@nestjs/common';
import { isDatabaseAway, isTextRefused, isTransactionConflict } from '#database';
import { AppError, type ErrorKind, type FieldError, Unavailable } from '#kernel';
import { textInvalid } from '../json-body.js';

/** What a caller may know of a failure. */
export interface ErrorDescription {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
}

const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  invalid: 422,
  too_many: 429,
  transient: 503,
};

/** For kinds that may succeed later. */
const RETRY_AFTER_SECONDS: Partial<Readonly<Record<ErrorKind, number>>> = { transient: 5, too_many: 60 };

/** Translates anything thrown into what the caller is told; the unexpected becomes a bare 500. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof AppError) return ofAppError(error);
  if (error instanceof HttpException) return ofFramework(error.getStatus());
  if (isRefusedByFastify(error)) return ofFramework(error.statusCode);
  if (isDatabaseAway(error)) {
    return unavailable(
      'database_unavailable',
      'The database is away for the moment. Send the request again.',
    );
  }
  if (isTransactionConflict(error)) {
    return unavailable('transaction_conflict', 'Another request changed the same thing. Send it again.');
  }
  if (isTextRefused(error)) {
    return ofAppError(textInvalid());
  }
  return described(
    500,
    'internal_error',
    'Something went wrong on our side; nothing was changed. Try again, and quote the requestId if it stays.',
  );
}

function ofAppError(error: AppError): ErrorDescription {
  const description = {
    ...described(STATUS_OF[error.kind], error.code, error.message),
    errors: error.errors,
  };
  const retryAfter = RETRY_AFTER_SECONDS[error.kind];
  return retryAfter === undefined ? description : { ...description, retryAfter };
}

function unavailable(code: string, detail: string): ErrorDescription {
  return ofAppError(new Unavailable(code, detail));
}

/** Errors of Nest and Fastify themselves: their texts name internals, so each status gets one of ours. */
const FRAMEWORK: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  400: ['malformed_request', 'The request could not be read. Send a valid URL, headers and JSON body.'],
  401: ['unauthenticated', 'Send valid credentials in the Authorization header.'],
  403: ['forbidden', 'These credentials do not allow this.'],
  404: ['route_not_found', 'There is no such route. See /docs for those there are.'],
  405: ['method_not_allowed', 'This route does not know that method. See /docs.'],
  408: ['request_timeout', 'The request took too long to arrive. Send it again.'],
  413: ['body_too_large', 'The body is larger than this route accepts. Send a smaller one.'],
  414: ['url_too_long', 'The URL is too long. Send long values in the body.'],
  415: ['unsupported_media_type', 'Send the body as application/json with that Content-Type.'],
  429: ['rate_limited', 'Too many requests. Wait the seconds that Retry-After says.'],
  503: ['unavailable', 'Not ready for the moment. Send the request again.'],
};

/** Refused before Nest saw the request, for example for its URL. */
function isRefusedByFastify(error: unknown): error is { readonly statusCode: number } {
  if (!(error instanceof Error) || error.name !== 'FastifyError' || !('statusCode' in error)) return false;
  return typeof error.statusCode === 'number' && error.statusCode < 500;
}

function ofFramework(status: number): ErrorDescription {
  const [code, detail] = FRAMEWORK[status] ?? [`http_${status}`, 'The request cannot be served as it is.'];
  return status === 503 ? unavailable(code, detail) : described(status, code, detail);
}

function described(status: number, code: string, detail: string): ErrorDescription {
  return { status, code, detail, errors: [] };
}
