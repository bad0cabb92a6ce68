import { Injectable } from '@nestjs/common';
import { type Delivery, done, ignored, type Outcome, Publisher } from '#bus';
import type { Transaction } from '#database';
import { asId, Clock, type Id } from '#kernel';
import { clickKey, readClicks, readClicksOfSameVisitors } from './clicks.js';
import { changeOf, recordChanges } from './customer-change.js';
import { lockCustomersOfVisitors } from './customers.js';
import { redecide } from './redecide.js';

type LateClick = Delivery<'click.arrived_late'>;

/**
 * A click was stored long after it happened. Facts that wait for it go on, and what was decided without it is
 * decided again, unless a commission on it is paid.
 */
@Injectable()
export class AdmitLateClicks {
  constructor(
    private readonly clock: Clock,
    private readonly publisher: Publisher,
  ) {}

  async execute(tx: Transaction, deliveries: readonly LateClick[]): Promise<Outcome[]> {
    await this.#wakeWaitingFacts(tx, deliveries);
    const late = await readClicks(tx, deliveries.map(clickIdOf));
    const customers = await lockCustomersOfVisitors(tx, late);
    if (customers.length === 0) return deliveries.map(done);
    const clicks = Map.groupBy(
      await readClicksOfSameVisitors(tx, late, this.clock.now()),
      ({ visitorId }) => visitorId,
    );
    const arrivals = customers.flatMap(({ customer, visitorIds }) => {
      const event = deliveries.find(({ data }) => visitorIds.some((id) => id === data.visitorId));
      return event
        ? [{ customer, facts: [], clicks: visitorIds.flatMap((id) => clicks.get(id) ?? []), event }]
        : [];
    });
    const decided = await redecide(tx, arrivals);
    const changes = decided.flatMap((again) => (again ? [changeOf(again, 'late_click')] : []));
    await recordChanges(tx, this.publisher, changes, this.clock.now());
    const frozen = new Set(arrivals.filter((_, index) => decided[index] === null).map(({ event }) => event));
    return deliveries.map((delivery) => (frozen.has(delivery) ? ignored('COMMISSION_ALREADY_PAID') : done()));
  }

  async #wakeWaitingFacts(tx: Transaction, deliveries: readonly LateClick[]): Promise<void> {
    for (const [companyId, clicks] of Map.groupBy(deliveries, (delivery) => delivery.companyId)) {
      const keys = clicks.map((click) => clickKey(clickIdOf(click)));
      await this.publisher.wake(tx, 'attribution', companyId, keys);
    }
  }
}

const clickIdOf = ({ data }: LateClick): Id<'Click'> => asId('Click', data.clickId);
