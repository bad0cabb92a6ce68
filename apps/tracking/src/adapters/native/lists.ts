import type { OrderLine } from '#contracts';
import { type Found, optionalText, requiredAmount, requiredText } from '../fields.js';
import { unreadableField } from '../reading.js';
import type { Look } from './look.js';
import type { NativeField } from './mapping.js';

const MAX_CODES = 50;
const MAX_LINES = 1_000;

/** Discount codes: a list, or a single one as some shops send it. An empty text is none. */
export function codesOf(look: Look): string[] {
  const found = look('codes');
  const isOne = typeof found.value === 'string' || typeof found.value === 'number';
  const list = isOne ? { ...found, value: [found.value] } : found;
  return keysOf(look, list, 'code.text', MAX_CODES);
}

/** The lines that a fulfilment names; null when it names none and so means the whole order. */
export function fulfilledLinesOf(look: Look): string[] | null {
  const found = look('fulfilment.lines');
  if (found.value === undefined) return null;
  const keys = keysOf(look, found, 'line.id', MAX_LINES);
  if (keys.length > 0) return keys;
  const message = 'must name at least one line, or be left out when the whole order is fulfilled';
  throw unreadableField('FIELD_INVALID', { field: found.field, message });
}

/**
 * The lines of an order.
 * @param amount what was paid for the order: its lines together are at most that
 */
export function linesOf(look: Look, amount: number): OrderLine[] {
  const found = look('order.lines');
  const lines = entriesOf(found, MAX_LINES).map(({ field, value }) => lineOf(look.within(value, field)));
  const keys = new Set<string>();
  const repeated = lines.findIndex(({ lineKey }) => keys.size === keys.add(lineKey).size);
  if (repeated >= 0) {
    const field = `${found.field}.${repeated}`;
    throw unreadableField('FIELD_INVALID', { field, message: 'must have an id that no other line has' });
  }
  if (lines.reduce((sum, line) => sum + line.amount, 0) > amount) {
    const message = "must not add up to more than the order's amount";
    throw unreadableField('AMOUNT_INVALID', { field: found.field, message });
  }
  return lines;
}

const lineOf = (look: Look): OrderLine => ({
  lineKey: requiredText(look('line.id')),
  productKey: optionalText(look('line.product')),
  categoryKey: optionalText(look('line.category')),
  amount: requiredAmount(look('line.amount')),
});

/** Entries that are keys, or objects with a key under `field`. */
function keysOf(look: Look, list: Found, field: NativeField, max: number): string[] {
  return entriesOf(list, max)
    .map((entry) => (typeof entry.value === 'object' ? look.within(entry.value, entry.field)(field) : entry))
    .filter(({ value }) => value !== '')
    .map(requiredText);
}

function entriesOf({ field, value }: Found, max: number): Found[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > max) {
    throw unreadableField('FIELD_INVALID', { field, message: `must be a list of at most ${max} entries` });
  }
  return value.map((entry: unknown, index) => ({ field: `${field}.${index}`, value: entry ?? undefined }));
}
