import { Injectable } from '@nestjs/common';
import { type Delivery, done, ignored, type Outcome, Publisher, wait } from '#bus';
import { dateOrNull, type Transaction } from '#database';
import { Clock, DAY_MS } from '#kernel';
import { subjectNameOf } from './action.js';
import { changeOf, recordChanges } from './customer-change.js';
import { customerNameOf } from './customer.js';
import { type DecidedSubject, readDecidedSubjects } from './decided-subjects.js';
import { lockCustomers } from './lock-customers.js';
import { readSettings } from './settings.js';
import { redecide } from './redecide.js';

type Cancelled = Delivery<'order.cancelled'>;

/** An order that was cancelled and had not been fulfilled. */
interface Cancellation {
  readonly order: DecidedSubject;
  readonly delivery: Cancelled;
}

const DAYS_TO_WAIT = 30;

/**
 * Orders were cancelled. One that had not been fulfilled binds its customer no longer, unless something else of
 * the same partner does: what comes later is decided without it. A refund changes nothing here.
 */
@Injectable()
export class CancelOrders {
  constructor(
    private readonly clock: Clock,
    private readonly publisher: Publisher,
  ) {}

  async execute(tx: Transaction, deliveries: readonly Cancelled[]): Promise<Outcome[]> {
    const orders = await readDecidedSubjects(tx, deliveries.map(nameOfOrder));
    const fulfilments = await readFulfilments(tx, [...orders.values()]);
    const outcomes: Outcome[] = [];
    const cancellations: Cancellation[] = [];
    for (const delivery of deliveries) {
      const order = orders.get(subjectNameOf(nameOfOrder(delivery)));
      const fulfilment = order && fulfilments.get(subjectNameOf(order));
      outcomes.push(order && fulfilment ? done() : waitForOrder(delivery));
      if (order && fulfilment && !isEarnedBefore(delivery.occurredAt, order, fulfilment)) {
        cancellations.push({ order, delivery });
      }
    }
    if (cancellations.length === 0) return outcomes;
    const frozen = await this.#lapse(tx, cancellations);
    return deliveries.map((delivery, index) =>
      frozen.has(delivery) ? ignored('COMMISSION_ALREADY_PAID') : (outcomes[index] ?? done()),
    );
  }

  /** @returns those that move nothing, because a commission is paid that would have to move */
  async #lapse(tx: Transaction, cancellations: readonly Cancellation[]): Promise<ReadonlySet<Cancelled>> {
    const now = this.clock.now();
    const orders = cancellations.map(({ order }) => order);
    const customers = await lockCustomers(tx, orders, now);
    await markCancelled(tx, cancellations);
    const settings = await readSettings(
      tx,
      orders.map(({ companyId }) => companyId),
    );
    const byCustomer = Map.groupBy(cancellations, ({ order }) => customerNameOf(order));
    const arrivals = [...customers].flatMap(([name, customer]) =>
      (byCustomer.get(name) ?? [])
        .slice(0, 1)
        .map(({ delivery }) => ({ customer, facts: [], clicks: [], event: delivery })),
    );
    const decided = await redecide(tx, arrivals, settings, 'freeze');
    const changes = decided.flatMap((again) => (again ? [changeOf(again, 'cancellation')] : []));
    await recordChanges(tx, this.publisher, changes, now);
    return new Set(arrivals.filter((_, index) => decided[index] === null).map(({ event }) => event));
  }
}

const nameOfOrder = ({ companyId, data }: Cancelled) => ({
  companyId,
  kind: 'order' as const,
  subjectKey: data.orderKey,
});

/** Retried by the bus until the order is decided, and known to commissions, who know of its fulfilment. */
function waitForOrder({ occurredAt, data }: Cancelled): Outcome {
  const deadline = new Date(occurredAt.getTime() + DAYS_TO_WAIT * DAY_MS);
  return wait(`order:${data.orderKey}`, 'ORDER_NOT_KNOWN_YET', deadline);
}

interface Fulfilment {
  readonly fulfilledAt: Date | null;
}

function isEarnedBefore(moment: Date, { subject }: DecidedSubject, { fulfilledAt }: Fulfilment): boolean {
  const isEarnedWhenPaid = subject.kind === 'order' && subject.fulfilmentPolicy === 'none';
  return isEarnedWhenPaid || (fulfilledAt !== null && fulfilledAt <= moment);
}

async function readFulfilments(
  tx: Transaction,
  orders: readonly DecidedSubject[],
): Promise<ReadonlyMap<string, Fulfilment>> {
  if (orders.length === 0) return new Map();
  const rows = await tx.query<{
    company_id: string;
    order_key: string;
    fulfilled_at: string | null;
  }>(
    `select fulfilled.* from unnest($1::uuid[], $2::text[]) as named(company_id, order_key)
      cross join lateral (
        select company_id, order_key, fulfilled_at from commissions.published_order o
         where o.company_id = named.company_id and o.order_key = named.order_key offset 0) as fulfilled`,
    [orders.map(({ companyId }) => companyId), orders.map(({ subjectKey }) => subjectKey)],
  );
  return new Map(
    rows.map((row) => [
      subjectNameOf({ companyId: row.company_id, kind: 'order', subjectKey: row.order_key }),
      { fulfilledAt: dateOrNull(row.fulfilled_at) },
    ]),
  );
}

/** Told twice, the earlier time counts. */
async function markCancelled(tx: Transaction, cancellations: readonly Cancellation[]): Promise<void> {
  const columns = [
    cancellations.map(({ order }) => order.companyId),
    cancellations.map(({ delivery }) => delivery.occurredAt),
  ];
  await tx.query(
    `update attribution.decision d set cancelled_at = least(d.cancelled_at, cancelled.at)
       from (select company_id, decision_id, min(at) as at
               from unnest($1::uuid[], $2::timestamptz[], $3::uuid[]) as c(company_id, at, decision_id)
              group by company_id, decision_id) as cancelled
      where d.company_id = cancelled.company_id and d.decision_id = cancelled.decision_id
        and d.superseded_at is null`,
    [...columns, cancellations.map(({ order }) => order.decisionId)],
  );
  await tx.query(
    `update attribution.customer c set lapsed_at = greatest(c.lapsed_at, cancelled.at)
       from (select company_id, customer_id, max(at) as at
               from unnest($1::uuid[], $2::timestamptz[], $3::uuid[]) as c(company_id, at, customer_id)
              group by company_id, customer_id) as cancelled
      where c.company_id = cancelled.company_id and c.customer_id = cancelled.customer_id`,
    [...columns, cancellations.map(({ order }) => order.customerId)],
  );
}
