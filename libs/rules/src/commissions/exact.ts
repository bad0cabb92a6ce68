import { proportion } from '#kernel';

/** A fraction: an amount before its only rounding, or a part of one. The denominator is positive. */
export interface Exact {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const WHOLE: Exact = { numerator: 1n, denominator: 1n };

export const exactly = (amount: bigint): Exact => ({ numerator: amount, denominator: 1n });

/** `part ÷ whole`; all of it where the whole is nothing. */
export function partOf(part: bigint, whole: bigint): Exact {
  return whole === 0n ? WHOLE : { numerator: part, denominator: whole };
}

export function times(a: Exact, b: Exact): Exact {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** Rounds half away from zero, as all money is. */
export const rounded = ({ numerator, denominator }: Exact): bigint => proportion(numerator, 1n, denominator);
