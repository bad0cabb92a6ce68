import { Injectable } from '@nestjs/common';
import { type Delivery, type Outcome, wait } from '#bus';
import type { Transaction } from '#database';
import { DAY_MS } from '#kernel';
import { JudgeRows } from '../judging/judge-rows.js';
import { NO_COLUMNS } from './decision-columns.js';
import { nameOf, NO_FACTS, type SubjectRow } from './subject.js';
import { insertOrLock, lockExisting } from './subject-store.js';

type OrderFact = 'order.fulfilled' | 'order.refunded' | 'order.cancelled' | 'order.charged_back';

/** A fact together with the decided order it is about, whose row is locked. */
export interface KnownFact<T extends OrderFact> {
  readonly delivery: Delivery<T>;
  readonly row: SubjectRow;
  readonly name: string;
}

/** How the facts of a batch change their orders. */
export interface FactsApplied<T extends OrderFact> {
  /** The order with the facts in it; the same object when they change nothing. */
  readonly apply: (row: SubjectRow) => SubjectRow;
  readonly outcomeOf: (fact: KnownFact<T>) => Outcome;
}

const DAYS_TO_WAIT = 30;

/** What facts of an order share: it is locked, changed and judged; an unknown one is waited for. */
@Injectable()
export class RecordFacts {
  constructor(private readonly judgeRows: JudgeRows) {}

  async execute<T extends OrderFact>(
    tx: Transaction,
    deliveries: readonly Delivery<T>[],
    merge: (known: readonly KnownFact<T>[]) => Promise<FactsApplied<T>>,
  ): Promise<Outcome[]> {
    const rows = await lockOrders(tx, deliveries);
    const facts = deliveries.map((delivery) => {
      const name = nameOf(nameOfFact(delivery));
      const row = rows.get(name);
      return row && row.revision > 0 ? { delivery, row, name } : null;
    });
    const { apply, outcomeOf } = await merge(facts.filter((fact) => fact !== null));
    const causes = new Map(facts.flatMap((fact) => (fact ? [[fact.name, fact.delivery] as const] : [])));
    const changed = [...rows.values()].flatMap((row) => {
      const cause = causes.get(nameOf(row));
      const after = apply(row);
      return cause && after !== row ? [{ row: after, cause }] : [];
    });
    await this.judgeRows.execute(tx, changed);
    return deliveries.map((delivery, index) => {
      const fact = facts[index];
      return fact ? outcomeOf(fact) : waitForOrder(delivery);
    });
  }
}

/** What a fact waits for whose order is not decided yet. */
export const orderWaitKey = (orderKey: string): string => `order:${orderKey}`;

/** Past its deadline it is set aside, visibly, and still applies when the order comes. */
function waitForOrder({ occurredAt, data }: Delivery<OrderFact>): Outcome {
  const deadline = new Date(occurredAt.getTime() + DAYS_TO_WAIT * DAY_MS);
  return wait(orderWaitKey(data.orderKey), 'ORDER_NOT_KNOWN_YET', deadline);
}

/**
 * Locks the orders of a batch. One that is unknown gets an undecided row: the decision that comes later,
 * or is being recorded right now, must pass it and so finds who waits.
 */
async function lockOrders<T extends OrderFact>(
  tx: Transaction,
  deliveries: readonly Delivery<T>[],
): Promise<Map<string, SubjectRow>> {
  const names = new Map(deliveries.map((delivery) => [nameOf(nameOfFact(delivery)), nameOfFact(delivery)]));
  const existing = await lockExisting(
    tx,
    [...names.values()].map(({ company_id, kind, key }) => ({ companyId: company_id, kind, key })),
  );
  for (const row of existing) names.delete(nameOf(row));
  const missing = await insertOrLock(tx, [...names.values()].map(undecided));
  return new Map([...existing, ...missing].map((row) => [nameOf(row), row]));
}

const nameOfFact = <T extends OrderFact>({ companyId, data }: Delivery<T>) => ({
  company_id: companyId,
  kind: 'order' as const,
  key: data.orderKey,
});

function undecided(name: ReturnType<typeof nameOfFact>): SubjectRow {
  return {
    ...name,
    revision: 0,
    occurred_at: null,
    customer_id: null,
    partnership_id: null,
    partner_id: null,
    program_id: null,
    ...NO_COLUMNS,
    ...NO_FACTS,
  };
}
