import { isEmail, isISO8601, isURL } from 'class-validator';
import { type FieldError, InvalidFields } from '#kernel';
import type { Answer, FieldType, FormField } from './form-field.js';

const TEXT_LENGTH = 500;
const LONG_TEXT_LENGTH = 5_000;

/**
 * Checks what was answered against a form.
 * @throws InvalidInput `answers.invalid` with an error per field that says what would be right
 */
export function readAnswers(
  fields: readonly FormField[],
  given: Readonly<Record<string, unknown>>,
): readonly Answer[] {
  const errors: FieldError[] = unknownAnswers(fields, given);
  const answers: Answer[] = [];
  for (const field of fields) {
    const value = Object.hasOwn(given, field.key) ? given[field.key] : null;
    const wrong = wrongWith(field, value);
    if (wrong !== null) errors.push({ field: `answers.${field.key}`, message: wrong });
    else if (isAnswer(value)) answers.push({ key: field.key, label: field.label, value });
  }
  if (errors.length > 0) {
    throw new InvalidFields('answers.invalid', errors);
  }
  return answers;
}

function unknownAnswers(
  fields: readonly FormField[],
  given: Readonly<Record<string, unknown>>,
): FieldError[] {
  const keys = fields.map(({ key }) => key);
  const asked = keys.length === 0 ? 'the form asks for nothing' : `the form asks for ${keys.join(', ')}`;
  return Object.keys(given)
    .filter((key) => !keys.includes(key))
    .map((key) => ({ field: `answers.${key}`, message: `is not a field of this form: ${asked}` }));
}

/** @returns what would be right; null when it is */
function wrongWith(field: FormField, value: unknown): string | null {
  if (value === null || value === undefined || value === '') {
    return field.isRequired ? `is required: "${field.label}"` : null;
  }
  if (field.type === 'choice') {
    const isOffered = typeof value === 'string' && field.choices.includes(value);
    return isOffered ? null : `must be one of ${field.choices.join(', ')}`;
  }
  const { accepts, message } = CHECKS[field.type];
  return accepts(value) ? null : message;
}

const isAnswer = (value: unknown): value is Answer['value'] =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean';

const isText = (value: unknown, length: number): value is string =>
  typeof value === 'string' && value.length <= length && /\S/.test(value);

interface Check {
  readonly accepts: (value: unknown) => boolean;
  readonly message: string;
}

const CHECKS: Readonly<Record<Exclude<FieldType, 'choice'>, Check>> = {
  text: {
    accepts: (value) => isText(value, TEXT_LENGTH),
    message: `must be a text of at most ${TEXT_LENGTH} characters`,
  },
  long_text: {
    accepts: (value) => isText(value, LONG_TEXT_LENGTH),
    message: `must be a text of at most ${LONG_TEXT_LENGTH} characters`,
  },
  number: { accepts: (value) => Number.isFinite(value), message: 'must be a number' },
  date: {
    accepts: (value) =>
      isText(value, 10) && /^\d{4}-\d\d-\d\d$/.test(value) && isISO8601(value, { strict: true }),
    message: 'must be a day such as "2026-05-31"',
  },
  email: {
    accepts: (value) => isText(value, 254) && isEmail(value),
    message: 'must be an e-mail address',
  },
  url: {
    accepts: (value) =>
      isText(value, 2_000) && isURL(value, { protocols: ['http', 'https'], require_protocol: true }),
    message: 'must be an address that starts with "https://" or "http://"',
  },
  yes_no: { accepts: (value) => typeof value === 'boolean', message: 'must be true or false' },
};
