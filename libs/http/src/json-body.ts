import { AppError, InvalidInput, jsonShape } from '#kernel';

/** No request of ours needs more; a parser's native stack ends near 30,000. */
const MAX_DEPTH = 32;
/** Checking costs per value, and what is refused is listed: 50,000 unknown fields took seconds. */
const MAX_VALUES = 2_000;

/**
 * Why a JSON body is not even parsed; null when it may be. Everybody's requests share one thread, so what is
 * cheap to send must not be dear to check.
 */
export function faultOfShape(body: Uint8Array): AppError | null {
  const { depth, values } = jsonShape(body);
  if (depth > MAX_DEPTH) {
    return new AppError('malformed', 'json.too_deep', `Nest the body at most ${MAX_DEPTH} levels deep.`);
  }
  if (values > MAX_VALUES) {
    return new InvalidInput(
      'json.too_many_values',
      `The body holds more than ${MAX_VALUES} values. Send fewer at a time.`,
    );
  }
  return null;
}

/**
 * Why a parsed body is refused; null when it is not. Half a surrogate pair and NUL are characters in JSON but
 * in no text of PostgreSQL or of an e-mail.
 */
export function faultOfTexts(value: unknown): AppError | null {
  return hasUnusableText(value) ? textInvalid() : null;
}

export const textInvalid = (): AppError =>
  new InvalidInput('text.invalid', 'A text holds a NUL or invalid character. Remove it.');

function hasUnusableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => hasUnusableText(name) || hasUnusableText(inner));
}
