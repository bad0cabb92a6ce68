import { Injectable } from '@nestjs/common';
import { type Delivery, done, ignored, type Outcome, Publisher } from '#bus';
import type { Transaction } from '#database';
import { asId, Clock } from '#kernel';
import { clickKey, readClicksOfVisitors, visitorNameOf } from './clicks.js';
import { changeOf, recordChanges } from './customer-change.js';
import { lockCustomersOfVisitors } from './lock-customers.js';
import { longestWindowDays, readSettings } from './settings.js';
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
    const late = deliveries.map(lateClickOf);
    const customers = await lockCustomersOfVisitors(tx, late);
    if (customers.length === 0) return deliveries.map(done);
    const now = this.clock.now();
    const settings = await readSettings(
      tx,
      customers.map(({ customer }) => customer.companyId),
    );
    const clicks = Map.groupBy(
      await readClicksOfVisitors(tx, late, now, longestWindowDays(settings)),
      visitorNameOf,
    );
    const told = Map.groupBy(deliveries, (delivery) => visitorNameOf(lateClickOf(delivery)));
    const arrivals = customers.flatMap(({ customer, visitorIds }) => {
      const visitors = visitorIds.map((visitorId) =>
        visitorNameOf({ companyId: customer.companyId, visitorId }),
      );
      const [event] = visitors.flatMap((visitor) => told.get(visitor) ?? []);
      const ofVisitors = visitors.flatMap((visitor) => clicks.get(visitor) ?? []);
      return event ? [{ customer, facts: [], clicks: ofVisitors, event }] : [];
    });
    const decided = await redecide(tx, arrivals, settings, 'freeze');
    const changes = decided.flatMap((again) => (again ? [changeOf(again, 'late_click')] : []));
    await recordChanges(tx, this.publisher, changes, now);
    const frozen = new Set(arrivals.filter((_, index) => decided[index] === null).map(({ event }) => event));
    return deliveries.map((delivery) => (frozen.has(delivery) ? ignored('COMMISSION_ALREADY_PAID') : done()));
  }

  async #wakeWaitingFacts(tx: Transaction, deliveries: readonly LateClick[]): Promise<void> {
    for (const [companyId, clicks] of Map.groupBy(deliveries, (delivery) => delivery.companyId)) {
      const keys = clicks.map((click) => clickKey(lateClickOf(click).clickId));
      await this.publisher.wake(tx, 'attribution', companyId, keys);
    }
  }
}

const lateClickOf = ({ companyId, data }: LateClick) => ({
  companyId,
  clickId: asId('Click', data.clickId),
  visitorId: asId('Visitor', data.visitorId),
});
