import { dateOrNull } from '#database';
import { asCurrency, type Money, NO_CURRENCY } from '#kernel';
import { type OrderFacts, type SubjectFacts, totalRefunded } from '#rules';
import type { SubjectRow } from './subject.js';

/** All that is known of a decided subject. */
export function factsOf(row: SubjectRow): SubjectFacts {
  const occurredAt = new Date(row.occurred_at ?? Number.NaN);
  switch (row.kind) {
    case 'order':
      return orderFacts(row, occurredAt);
    case 'signup':
      return { kind: 'signup', occurredAt };
    case 'lead':
    case 'deal':
      return { kind: row.kind, occurredAt, worth: worthOf(row) };
    case 'action':
      return { kind: 'action', occurredAt, action: row.action ?? '' };
  }
}

function worthOf({ amount, currency }: SubjectRow): Money | null {
  return amount === null || currency === null
    ? null
    : { amount: BigInt(amount), currency: asCurrency(currency) };
}

function orderFacts(row: SubjectRow, occurredAt: Date): OrderFacts {
  const amount = BigInt(row.amount ?? 0);
  const refunded = totalRefunded(amount, BigInt(row.refunded_singly), BigInt(row.refunded_snapshot));
  const chargedBack = BigInt(row.charged_back);
  return {
    kind: 'order',
    occurredAt,
    amount,
    tax: BigInt(row.tax ?? 0),
    shipping: BigInt(row.shipping ?? 0),
    currency: asCurrency(row.currency ?? NO_CURRENCY),
    fulfilmentPolicy: row.fulfilment_policy ?? 'none',
    lines: (row.lines ?? []).map((line) => ({ ...line, amount: BigInt(line.amount) })),
    fulfilledAt: dateOrNull(row.fulfilled_at),
    completedAt: dateOrNull(row.completed_at),
    fulfilledLines: new Set(Object.keys(row.fulfilled_lines)),
    cancelledAt: dateOrNull(row.cancelled_at),
    chargedBack,
    refunded: refunded + chargedBack > amount ? amount : refunded + chargedBack,
  };
}
