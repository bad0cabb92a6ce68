import currencyCodes from 'currency-codes';
import { InvalidField } from './errors.js';

declare const currency: unique symbol;

/** An ISO 4217 alphabetic code, upper case. */
export type Currency = string & { readonly [currency]: true };

/** An amount in the currency's minor units (cents, yen, fils). Never a float. */
export interface Money {
  readonly amount: bigint;
  readonly currency: Currency;
}

/** Money in JSON: a safe integer of minor units. */
export interface MoneyJson {
  readonly amount: number;
  readonly currency: string;
}

/** ISO 4217 codes that nobody is paid in: metals, units of account, tests, "no currency". They have no minor units. */
const NO_MONEY = /^X(A[GU]|B[A-D]|DR|P[DT]|SU|TS|UA|XX)$/;
const KNOWN = new Set(currencyCodes.codes().filter((code) => !NO_MONEY.test(code)));

/** Brands a currency read from our own database, which only ever holds what was parsed, or `NO_CURRENCY`. */
export const asCurrency = (code: string): Currency => code as Currency;

/** ISO 4217 "no currency": of a percentage of something that has no amount. */
export const NO_CURRENCY = asCurrency('XXX');

/**
 * Reads a currency that a caller sent, in any case.
 * @throws InvalidInput `currency.unknown`
 */
export function parseCurrency(text: unknown, field = 'currency'): Currency {
  // ASCII first: some other letters become these in upper case.
  const code = typeof text === 'string' && /^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : '';
  if (!KNOWN.has(code)) {
    throw new InvalidField('currency.unknown', field, 'must be an ISO 4217 code such as "EUR"');
  }
  return code as Currency;
}

/**
 * Reads an amount of minor units that a caller sent: a whole, non-negative, safe integer.
 * @throws InvalidInput `amount.invalid`
 */
export function parseAmount(value: unknown, field = 'amount'): bigint {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new InvalidField(
      'amount.invalid',
      field,
      'must be a whole number of minor units from 0 to 9007199254740991',
    );
  }
  return BigInt(value);
}

/** An amount for JSON. Throws a RangeError beyond 2^53 - 1, which the parsing borders already exclude. */
export function amountJson(amount: bigint): number {
  const value = Number(amount);
  if (!Number.isSafeInteger(value)) throw new RangeError('amount exceeds 2^53 - 1 minor units');
  return value;
}

/** A sum for JSON, which may be any size: null beyond 2^53 - 1, never a number that is nearly right. */
export function safeAmountJson(sum: bigint): number | null {
  const value = Number(sum);
  return Number.isSafeInteger(value) ? value : null;
}

export function moneyJson(amount: bigint, of: Currency): MoneyJson {
  return { amount: amountJson(amount), currency: of };
}

/**
 * `amount × numerator ÷ denominator`, rounded once, half away from zero (as a pocket calculator does).
 * The only rounding in the product.
 */
export function proportion(amount: bigint, numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('denominator must be positive');
  const product = amount * numerator;
  const magnitude = product < 0n ? -product : product;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return product < 0n ? -rounded : rounded;
}

/** Money for a person to read, with the currency's own decimals: `1,999.00 EUR`, `500 JPY`. */
export function moneyText(amount: bigint, of: Currency): string {
  const [whole = '', fraction] = decimalText(amount, of).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${of}`;
}

/** Money for another program to read, with the currency's own decimals: `1999.00`, `500`. */
export function decimalText(amount: bigint, of: Currency): string {
  const digits = currencyCodes.code(of)?.digits ?? 2;
  const [sign, magnitude] = amount < 0n ? ['-', -amount] : ['', amount];
  const padded = magnitude.toString().padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  return digits > 0 ? `${sign}${whole}.${padded.slice(-digits)}` : `${sign}${whole}`;
}
