import { Injectable } from '@nestjs/common';
import { type Delivery, done, type Outcome } from '#bus';
import type { Transaction } from '#database';
import { withFulfilment } from './fulfilment.js';
import { RecordFacts } from './record-facts.js';
import { nameOf } from './subject.js';

/** Records fulfilments of orders and of their lines; repeats and disorder change nothing. */
@Injectable()
export class RecordFulfilments {
  constructor(private readonly recordFacts: RecordFacts) {}

  execute(tx: Transaction, deliveries: readonly Delivery<'order.fulfilled'>[]): Promise<Outcome[]> {
    return this.recordFacts.execute(tx, deliveries, async (known) => {
      const byOrder = Map.groupBy(known, ({ name }) => name);
      return {
        apply: (row) =>
          (byOrder.get(nameOf(row)) ?? []).reduce(
            (order, { delivery }) => withFulfilment(order, delivery.occurredAt, delivery.data.lineKeys),
            row,
          ),
        outcomeOf: () => done(),
      };
    });
  }
}
