import { type Currency, InvalidInput, parseAmount, parseCurrency, parseId } from '#kernel';
import type { ReferralEvidence } from '#contracts';
import { unreadableField } from './reading.js';

/** A value found in a body, and where. `value` is undefined when nothing (or null) is there. */
export interface Found {
  readonly field: string;
  readonly value: unknown;
}

/** Follows a dotted path through parsed JSON; only own properties count, so `__proto__` is just a name. */
export function find(json: unknown, path: string): Found {
  let value = json;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) {
      return { field: path, value: undefined };
    }
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return { field: path, value: value ?? undefined };
}

const MAX_TEXT = 255;

/** A name or key: 1 to 255 characters that PostgreSQL can store. A whole number is read as its digits. */
export function requiredText(found: Found): string {
  const { field, value } = found;
  if (value === undefined) throw unreadableField('FIELD_MISSING', { field, message: 'is missing' });
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (
    typeof text === 'string' &&
    text.length > 0 &&
    text.length <= MAX_TEXT &&
    !text.includes('\0') &&
    text.isWellFormed()
  ) {
    return text;
  }
  const message = `must be a text of 1 to ${MAX_TEXT} characters, without NUL or broken characters`;
  throw unreadableField('FIELD_INVALID', { field, message });
}

export const optionalText = (found: Found): string | null =>
  found.value === undefined ? null : requiredText(found);

/** Whole, non-negative, safe minor units. */
export function requiredAmount(found: Found): number {
  try {
    return Number(parseAmount(found.value, found.field));
  } catch (error) {
    const [fault] = error instanceof InvalidInput ? error.errors : [];
    if (!fault) throw error;
    throw unreadableField(found.value === undefined ? 'FIELD_MISSING' : 'AMOUNT_INVALID', fault);
  }
}

export const optionalAmount = (found: Found): number =>
  found.value === undefined ? 0 : requiredAmount(found);

export function requiredCurrency(found: Found): Currency {
  try {
    return parseCurrency(found.value, found.field);
  } catch (error) {
    const [fault] = error instanceof InvalidInput ? error.errors : [];
    if (!fault) throw error;
    throw unreadableField(found.value === undefined ? 'FIELD_MISSING' : 'CURRENCY_UNKNOWN', fault);
  }
}

/** What a conversion presents. A wrong click id never makes the conversion itself unreadable. */
export function evidenceOf(presented: unknown, codes: readonly string[]): ReferralEvidence {
  if (presented === undefined || presented === null || presented === '') {
    return { clickId: null, isClickIdMalformed: false, codes };
  }
  try {
    const clickId = parseId('Click', typeof presented === 'string' ? presented : '');
    return { clickId, isClickIdMalformed: false, codes };
  } catch {
    return { clickId: null, isClickIdMalformed: true, codes };
  }
}
