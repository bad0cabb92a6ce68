import { Injectable } from '@nestjs/common';
import { type Delivery, done, type Outcome } from '#bus';
import type { Transaction } from '#database';
import { RecordFacts } from './record-facts.js';
import { nameOf } from './subject.js';

/** Records fulfilments: the earliest of an order counts, so that repeats and disorder change nothing. */
@Injectable()
export class RecordFulfilments {
  constructor(private readonly recordFacts: RecordFacts) {}

  execute(tx: Transaction, deliveries: readonly Delivery<'order.fulfilled'>[]): Promise<Outcome[]> {
    return this.recordFacts.execute(tx, deliveries, async (known) => {
      const earliest = new Map<string, Date>();
      for (const { name, delivery } of known) {
        const before = earliest.get(name);
        if (!before || delivery.occurredAt < before) earliest.set(name, delivery.occurredAt);
      }
      return {
        apply: (row) => {
          const at = earliest.get(nameOf(row));
          if (!at || (row.fulfilled_at !== null && new Date(row.fulfilled_at) <= at)) return row;
          return { ...row, fulfilled_at: at.toISOString() };
        },
        outcomeOf: () => done(),
      };
    });
  }
}
