import { Injectable } from '@nestjs/common';
import { type Delivery, done, type Outcome, permanent } from '#bus';
import type { Transaction } from '#database';
import { type KnownFact, RecordFacts } from './record-facts.js';
import { mergeRefunds } from './refund-store.js';
import { nameOf, type SubjectRow } from './subject.js';

type Refunded = Delivery<'order.refunded'>;

/**
 * Records refunds: each single one counts once by its key, of snapshots the largest counts. A refund in
 * another currency than its order's becomes a dead letter.
 */
@Injectable()
export class RecordRefunds {
  constructor(private readonly recordFacts: RecordFacts) {}

  execute(tx: Transaction, deliveries: readonly Refunded[]): Promise<Outcome[]> {
    return this.recordFacts.execute(tx, deliveries, async (known) => {
      const usable = known.filter((fact) => mismatchOf(fact) === null);
      const singly = await mergeRefunds(
        tx,
        usable.map(({ delivery }) => delivery),
      );
      const snapshots = largestSnapshots(usable);
      return {
        apply: (row) => withRefunds(row, singly.get(nameOf(row)), snapshots.get(nameOf(row))),
        outcomeOf: (fact) => mismatchOf(fact) ?? done(),
      };
    });
  }
}

function mismatchOf({ row, delivery }: KnownFact<'order.refunded'>): Outcome | null {
  if (delivery.data.currency === row.currency) return null;
  return permanent(
    'REFUND_CURRENCY_MISMATCH',
    `The refund is in ${delivery.data.currency}, its order in ${row.currency ?? 'no currency'}. Correct the refund's currency and replay it.`,
  );
}

function largestSnapshots(known: readonly KnownFact<'order.refunded'>[]): Map<string, number> {
  const largest = new Map<string, number>();
  for (const { name, delivery } of known) {
    const { refund } = delivery.data;
    if (refund.kind !== 'snapshot') continue;
    largest.set(name, Math.max(largest.get(name) ?? 0, refund.refundedTotal));
  }
  return largest;
}

function withRefunds(row: SubjectRow, singly: bigint | undefined, snapshot: number | undefined): SubjectRow {
  const before = BigInt(row.refunded_snapshot);
  const reported = BigInt(snapshot ?? 0);
  const refunded_snapshot = (reported > before ? reported : before).toString();
  const refunded_singly = singly?.toString() ?? row.refunded_singly;
  if (refunded_snapshot === row.refunded_snapshot && refunded_singly === row.refunded_singly) return row;
  return { ...row, refunded_singly, refunded_snapshot };
}
