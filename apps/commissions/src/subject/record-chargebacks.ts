import { Injectable } from '@nestjs/common';
import { type Delivery, done, type Outcome, permanent } from '#bus';
import type { Transaction } from '#database';
import { mergeChargebacks } from './chargeback-store.js';
import { type KnownFact, RecordFacts } from './record-facts.js';
import { nameOf } from './subject.js';

type ChargedBack = Delivery<'order.charged_back'>;

/**
 * Records chargebacks: what a bank took back counts like a refund until the company wins it. One in another
 * currency than its order's becomes a dead letter.
 */
@Injectable()
export class RecordChargebacks {
  constructor(private readonly recordFacts: RecordFacts) {}

  execute(tx: Transaction, deliveries: readonly ChargedBack[]): Promise<Outcome[]> {
    return this.recordFacts.execute(tx, deliveries, async (known) => {
      const usable = known.filter((fact) => mismatchOf(fact) === null);
      const totals = await mergeChargebacks(
        tx,
        usable.map(({ delivery }) => delivery),
      );
      return {
        apply: (row) => {
          const charged_back = totals.get(nameOf(row))?.toString() ?? row.charged_back;
          return charged_back === row.charged_back ? row : { ...row, charged_back };
        },
        outcomeOf: (fact) => mismatchOf(fact) ?? done(),
      };
    });
  }
}

function mismatchOf({ row, delivery }: KnownFact<'order.charged_back'>): Outcome | null {
  if (delivery.data.currency === row.currency) return null;
  return permanent(
    'CHARGEBACK_CURRENCY_MISMATCH',
    `The chargeback is in ${delivery.data.currency}, its order in ${row.currency ?? 'no currency'}. Correct the chargeback's currency and replay it.`,
  );
}
