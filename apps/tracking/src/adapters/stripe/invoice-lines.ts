import type { OrderLine } from '#contracts';
import { find, type Found, optionalText, requiredText } from '../fields.js';
import { unreadableField } from '../reading.js';
import type { Look } from './stripe-fields.js';

/**
 * What was paid for each line of an invoice, without discounts and tax. Credited lines (an upgrade's unused
 * time) are left out; where they, or a balance, made the whole cheaper, the lines share what was paid.
 * @param paid for all lines together, minor units without tax and shipping
 */
export function invoiceLines(look: Look, paid: number): OrderLine[] {
  const { field, value } = look('data.object.lines.data');
  if (!Array.isArray(value)) return [];
  const charged = value
    .map((line: unknown, index) =>
      lineOf((path) => ({ field: `${field}.${index}.${path}`, value: find(line, path).value })),
    )
    .filter(({ amount }) => amount > 0);
  return shareOf(charged, paid);
}

const lineOf = (look: Look): OrderLine => ({
  lineKey: requiredText(look('id')),
  productKey: optionalText(look('pricing.price_details.product')),
  categoryKey: null,
  amount:
    wholeNumber(look('amount')) -
    sumAt(look('discount_amounts'), () => true) -
    sumAt(look('taxes'), (tax) => find(tax, 'tax_behavior').value === 'inclusive'),
});

/** Cuts the lines down to `paid` in proportion; the cents that rounding leaves go to the first lines. */
function shareOf(lines: readonly OrderLine[], paid: number): OrderLine[] {
  const total = lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  if (total <= BigInt(paid)) return [...lines];
  const shares = lines.map(({ amount }) => (BigInt(amount) * BigInt(paid)) / total);
  const left = BigInt(paid) - shares.reduce((sum, share) => sum + share, 0n);
  return lines.map((line, index) => ({
    ...line,
    amount: Number((shares[index] ?? 0n) + (BigInt(index) < left ? 1n : 0n)),
  }));
}

function sumAt({ field, value }: Found, counts: (part: unknown) => boolean): number {
  if (!Array.isArray(value)) return 0;
  return value
    .filter(counts)
    .map((part: unknown, index) =>
      wholeNumber({ field: `${field}.${index}.amount`, value: find(part, 'amount').value }),
    )
    .reduce((sum, amount) => sum + amount, 0);
}

/** Credits are negative here. */
function wholeNumber({ field, value }: Found): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw unreadableField('AMOUNT_INVALID', { field, message: 'must be whole minor units' });
}
