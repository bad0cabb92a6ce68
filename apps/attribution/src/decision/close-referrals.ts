import { Injectable } from '@nestjs/common';
import { done, type Outcome, permanent, Publisher } from '#bus';
import { insertRows, type Transaction } from '#database';
import { Clock } from '#kernel';
import { subjectNameOf } from './action.js';
import {
  type Closing,
  lostDecision,
  nameOfReferral,
  readClosings,
  type ReferralDelivery,
  wonFact,
} from './closing.js';
import { changeOf, type CustomerChange, recordChanges } from './customer-change.js';
import { type Customer, type CustomerName, customerNameOf } from './customer.js';
import { readDecidedSubjects } from './decided-subjects.js';
import { supersede } from './decisions.js';
import { lockCustomers } from './lock-customers.js';
import { readSettings } from './settings.js';
import { type LateArrival, redecide } from './redecide.js';

/**
 * Leads and deals were closed. A won one credits who submitted it and may bind its customer; closed anew, as lost
 * or with another customer, it takes that back. The highest revision counts, whatever order they arrive in.
 */
@Injectable()
export class CloseReferrals {
  constructor(
    private readonly clock: Clock,
    private readonly publisher: Publisher,
  ) {}

  async execute(tx: Transaction, deliveries: readonly ReferralDelivery[]): Promise<Outcome[]> {
    const usable = deliveries.filter((delivery) => problemOf(delivery) === null);
    const fresh = await claimRevisions(tx, usable);
    if (fresh.length > 0) await this.#apply(tx, fresh);
    return deliveries.map((delivery) => problemOf(delivery) ?? done());
  }

  async #apply(tx: Transaction, referrals: readonly ReferralDelivery[]): Promise<void> {
    const now = this.clock.now();
    const before = await readDecidedSubjects(tx, referrals.map(nameOfReferral));
    const customers = await lockCustomers(tx, [...before.values(), ...referrals.flatMap(customersOf)], now);
    const closings = await readClosings(tx, referrals);
    await supersede(
      tx,
      closings.flatMap(({ known }) => known ?? []),
      now,
    );
    const settings = await readSettings(
      tx,
      referrals.map(({ companyId }) => companyId),
    );
    const arrivals = [...customers].flatMap(([name, customer]) => arrivalOf(name, customer, closings));
    const decided = await redecide(tx, arrivals, settings, 'keep');
    const changes = decided.flatMap((again) =>
      again ? [withLost(changeOf(again, 'referral'), closings)] : [],
    );
    await recordChanges(tx, this.publisher, changes, now);
  }
}

/** What a closing concerns: the customer it is won for, and the one whose it was before. */
function arrivalOf(name: string, customer: Customer, closings: readonly Closing[]): LateArrival[] {
  const isOf = (of: CustomerName) => customerNameOf(of) === name;
  const told = closings.filter(
    ({ delivery, known }) => customersOf(delivery).some(isOf) || (known !== null && isOf(known)),
  );
  const facts = told.filter(({ delivery }) => customersOf(delivery).some(isOf)).map(wonFact);
  return told.slice(0, 1).map(({ delivery }) => ({ customer, facts, clicks: [], event: delivery }));
}

/** Together with what was won before and is lost now. */
function withLost(change: CustomerChange, closings: readonly Closing[]): CustomerChange {
  const lost = closings
    .filter(({ delivery }) => delivery.data.outcome === 'lost')
    .flatMap(({ known, ...closing }) => (known ? [lostDecision({ known, ...closing })] : []))
    .filter(({ customerId }) => customerId === change.customer.customerId);
  return { ...change, decisions: [...change.decisions, ...lost] };
}

function problemOf({ data }: ReferralDelivery): Outcome | null {
  if (data.outcome === 'lost' || data.customerKey !== null) return null;
  return permanent(
    'REFERRAL_WITHOUT_CUSTOMER',
    `The ${data.kind} is closed as won and names no customer. Add the customer's key and replay it.`,
  );
}

/** Whose customer a won one is about; none of a lost one. */
const customersOf = ({ companyId, data }: ReferralDelivery): CustomerName[] =>
  data.outcome === 'won' && data.customerKey !== null ? [{ companyId, customerKey: data.customerKey }] : [];

/**
 * Locks each referral and notes the revision it is closed at.
 * @returns of each one its newest delivery, if that is newer than what is known
 */
async function claimRevisions(
  tx: Transaction,
  deliveries: readonly ReferralDelivery[],
): Promise<ReferralDelivery[]> {
  const newest = new Map<string, ReferralDelivery>();
  for (const delivery of deliveries) {
    const name = subjectNameOf(nameOfReferral(delivery));
    if ((newest.get(name)?.data.revision ?? 0) < delivery.data.revision) newest.set(name, delivery);
  }
  const claimed = await insertRows<{ referral_id: string }>(
    tx,
    'attribution.closed_referral as known',
    { company_id: 'uuid', referral_id: 'uuid', revision: 'int' },
    [...newest]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { companyId, data }]) => ({
        company_id: companyId,
        referral_id: data.referralId,
        revision: data.revision,
      })),
    `on conflict (company_id, referral_id) do update set revision = excluded.revision
       where known.revision < excluded.revision returning referral_id`,
  );
  const ids = new Set(claimed.map((row) => row.referral_id));
  return [...newest.values()].filter(({ data }) => ids.has(data.referralId));
}
