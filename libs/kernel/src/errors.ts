/** What a failure says of itself, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What is wrong with one field of the input; `field` is a dotted path. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/**
 * What kind of failure this is; one filter maps it to an HTTP status, the bus to retry or dead letter.
 * `transient` may succeed when tried again; every other kind will not.
 */
export type ErrorKind =
  | 'invalid' // 422
  | 'malformed' // 400
  | 'too_large' // 413
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'not_found' // 404
  | 'conflict' // 409
  | 'too_many' // 429
  | 'transient'; // 503

/** An expected failure with a stable `code` for machines and a `message` that tells a person what to do. */
export class AppError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    readonly errors: readonly FieldError[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

export class InvalidInput extends AppError {
  constructor(code: string, message: string, errors: readonly FieldError[] = []) {
    super('invalid', code, message, errors);
  }
}

/** One field is wrong; `message` says what would be right: `must be a whole number`. */
export class InvalidField extends InvalidInput {
  constructor(code: string, field: string, message: string) {
    super(code, `${field} ${message}.`, [{ field, message }]);
  }
}

/** Several fields may be wrong: `errors` says of each what would be right. */
export class InvalidFields extends InvalidInput {
  constructor(code: string, errors: readonly FieldError[]) {
    super(code, `${errors.map(({ field, message }) => `${field} ${message}`).join('; ')}.`, errors);
  }
}

export class NotFound extends AppError {
  constructor(what: string) {
    super('not_found', 'not_found', `There is no such ${what}, or it is not yours to see.`);
  }
}

export class Conflict extends AppError {
  constructor(code: string, message: string) {
    super('conflict', code, message);
  }
}

export class Forbidden extends AppError {
  constructor(code: string, message: string) {
    super('forbidden', code, message);
  }
}

export class Unauthenticated extends AppError {
  constructor(message = 'Send valid credentials in the Authorization header.') {
    super('unauthenticated', 'unauthenticated', message);
  }
}

/** A process cannot run as it is set up; the message says what to change. No request ever sees it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** Something outside is away (a database, a mail server); trying again later can help. */
export class Unavailable extends AppError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super('transient', code, message, [], options);
  }
}
