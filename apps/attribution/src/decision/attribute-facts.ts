import { Injectable } from '@nestjs/common';
import { done, ignored, type Outcome, Publisher, wait } from '#bus';
import type { Transaction } from '#database';
import { Clock } from '#kernel';
import type { FactDelivery } from './action.js';
import { clickKey } from './clicks.js';
import { type CustomerChange, changeOf, recordChanges } from './customer-change.js';
import { customerNameOf } from './customer.js';
import { lockCustomers } from './lock-customers.js';
import { decideFacts, type FactHistory, standAlone } from './decide-facts.js';
import { type Evidence, factOf } from './fact.js';
import { PresentedClicks } from './presented-clicks.js';
import { PresentedCodes } from './presented-codes.js';
import type { Grounds } from './grounds.js';
import { readMemberships } from './memberships.js';
import { type AttributionSettings, readSettings } from './settings.js';
import { redecide } from './redecide.js';
import { sortReports } from './sort-reports.js';

/** How long after it happened a fact waits for the click it names to be stored. */
const CLICK_PATIENCE_MS = 15 * 60 * 1000;

/**
 * Decides whom signups, orders and named actions credit. However many deliveries of however many companies come, the
 * statements are the same few.
 */
@Injectable()
export class AttributeFacts {
  constructor(
    private readonly clock: Clock,
    private readonly publisher: Publisher,
  ) {}

  async execute(tx: Transaction, deliveries: readonly FactDelivery[]): Promise<Outcome[]> {
    const now = this.clock.now();
    const settings = await readSettings(
      tx,
      deliveries.map(({ companyId }) => companyId),
    );
    const clicks = await PresentedClicks.read(tx, deliveries, settings);
    const outcomes = deliveries.map((delivery) => waitForClick(delivery, clicks, now) ?? done());
    const ready = deliveries.filter((_, index) => outcomes[index]?.kind === 'done');
    if (ready.length === 0) return outcomes;
    const contradicting = await this.#decide(tx, ready, clicks, settings);
    return deliveries.map((delivery, index) =>
      contradicting.has(delivery) ? ignored('KNOWN_OTHERWISE') : (outcomes[index] ?? done()),
    );
  }

  /** @returns the deliveries that tell something else of their subject than what counts */
  async #decide(
    tx: Transaction,
    deliveries: readonly FactDelivery[],
    clicks: PresentedClicks,
    settings: AttributionSettings,
  ): Promise<ReadonlySet<FactDelivery>> {
    const now = this.clock.now();
    const customers = await lockCustomers(tx, deliveries.map(customerOf), now);
    const { undecided, contradicting } = await sortReports(tx, deliveries, customers);
    const bindings = [...customers.values()].flatMap(({ companyId, binding }) =>
      binding ? [{ companyId, partnershipId: binding.partnershipId }] : [],
    );
    const evidence: Evidence = { clicks, codes: await PresentedCodes.read(tx, undecided) };
    const memberships = await readMemberships(tx, [...clicks.all, ...evidence.codes.all, ...bindings]);
    const grounds = { ...settings, memberships };
    const facts = undecided.map((delivery) => factOf(delivery, evidence, grounds));
    const histories = [...Map.groupBy(facts, customerNameOf)].flatMap(([name, [first, ...others]]) => {
      const customer = customers.get(name);
      return customer && first ? [decideFacts(customer, [first, ...others], grounds)] : [];
    });
    const changes = await this.#rewriteWhereLate(tx, histories, grounds);
    await recordChanges(tx, this.publisher, changes, now);
    return contradicting;
  }

  /** Where a fact came late and found a winner, what was decided of later actions is decided again. */
  async #rewriteWhereLate(
    tx: Transaction,
    histories: readonly FactHistory[],
    grounds: Grounds,
  ): Promise<CustomerChange[]> {
    const late = histories.filter(({ isRewriting }) => isRewriting);
    const again = late.length > 0 ? await redecide(tx, late, grounds, 'freeze') : [];
    const rewritten = new Map(
      late.map((history, index) => [history, again[index] ?? standAlone(history, grounds)]),
    );
    return histories.map((history) => changeOf(rewritten.get(history) ?? history, 'late_fact'));
  }
}

const customerOf = ({ companyId, data }: FactDelivery) => ({ companyId, customerKey: data.customerKey });

/** Parks a fact whose click is not stored yet; later than that, it is decided without. */
function waitForClick(fact: FactDelivery, clicks: PresentedClicks, now: Date): Outcome | null {
  const clickId = clicks.missingClickOf(fact);
  const deadline = new Date(fact.occurredAt.getTime() + CLICK_PATIENCE_MS);
  return clickId !== null && now < deadline
    ? wait(clickKey(clickId), 'CLICK_NOT_STORED_YET', deadline)
    : null;
}
