import { type Exact, partOf, WHOLE } from './exact.js';
import type { LineReward, ProductSet } from './offer-rule.js';
import type { OrderFacts, OrderLine } from './subject.js';

/** The lines of an order that an offer looks at. */
export function linesIn(order: OrderFacts, products: ProductSet | null): readonly OrderLine[] {
  return products ? order.lines.filter((line) => isIn(products, line)) : order.lines;
}

export function totalOf(lines: readonly OrderLine[]): bigint {
  return lines.reduce((sum, { amount }) => sum + amount, 0n);
}

/**
 * How much of an order is earned so far under its fulfilment policy, as a part of what `weigh` makes of its
 * lines: all of it, unless the policy goes by lines and some of them still wait.
 */
export function fulfilledPart(
  order: OrderFacts,
  lines: readonly OrderLine[],
  weigh: (lines: readonly OrderLine[]) => bigint,
): Exact {
  if (order.fulfilmentPolicy !== 'lines' || order.completedAt) return WHOLE;
  const fulfilled = lines.filter(({ lineKey }) => order.fulfilledLines.has(lineKey));
  return partOf(weigh(fulfilled), weigh(lines));
}

/** What a reward by lines pays for these, in ten-thousandths of a minor unit. */
export function weightedBy(reward: LineReward, lines: readonly OrderLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.amount * BigInt(rateOf(reward, line)), 0n);
}

function rateOf({ rates, otherBasisPoints }: LineReward, { productKey, categoryKey }: OrderLine): number {
  const named =
    rates.find(({ products }) => productKey !== null && products.includes(productKey)) ??
    rates.find(({ categories }) => categoryKey !== null && categories.includes(categoryKey));
  return named?.basisPoints ?? otherBasisPoints;
}

function isIn({ products, categories }: ProductSet, { productKey, categoryKey }: OrderLine): boolean {
  return (
    (productKey !== null && products.includes(productKey)) ||
    (categoryKey !== null && categories.includes(categoryKey))
  );
}
