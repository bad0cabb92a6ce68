import { Injectable } from '@nestjs/common';
import { type Delivery, done, type Outcome } from '#bus';
import type { Transaction } from '#database';
import { earlier } from './earlier.js';
import { RecordFacts } from './record-facts.js';
import { nameOf } from './subject.js';

/** Records cancellations: the earliest of an order counts, so that repeats and disorder change nothing. */
@Injectable()
export class RecordCancellations {
  constructor(private readonly recordFacts: RecordFacts) {}

  execute(tx: Transaction, deliveries: readonly Delivery<'order.cancelled'>[]): Promise<Outcome[]> {
    return this.recordFacts.execute(tx, deliveries, async (known) => {
      const earliest = new Map<string, string | null>();
      for (const { name, delivery } of known) {
        earliest.set(name, earlier(earliest.get(name) ?? null, delivery.occurredAt));
      }
      return {
        apply: (row) => {
          const at = earliest.get(nameOf(row));
          const cancelled_at = at ? earlier(row.cancelled_at, new Date(at)) : row.cancelled_at;
          return cancelled_at === row.cancelled_at ? row : { ...row, cancelled_at };
        },
        outcomeOf: () => done(),
      };
    });
  }
}
