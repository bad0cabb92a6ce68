import { Injectable } from '@nestjs/common';
import { done, type Outcome, permanent, Publisher } from '#bus';
import { insertRows, type Transaction } from '#database';
import { asId, Clock } from '#kernel';
import { subjectNameOf } from './action.js';
import { changeOf, recordChanges } from './customer-change.js';
import { customerNameOf } from './customer.js';
import { type DecidedSubject, readDecidedSubjects } from './decided-subjects.js';
import { supersede } from './decisions.js';
import { lockCustomers } from './lock-customers.js';
import { membershipFor, readMemberships, readSettings } from './program-terms.js';
import { redecide } from './redecide.js';
import { lostDecision, nameOfReferral, type ReferralDelivery, wonFact } from './referral-fact.js';

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
    const names = referrals.map(nameOfReferral);
    const before = await readDecidedSubjects(tx, names);
    const customers = await lockCustomers(tx, [...before, ...referrals.flatMap(customerOf)], now);
    // Again under the locks: a late click may have revised them meanwhile.
    const standing = new Map(
      (await readDecidedSubjects(tx, names)).map((decided) => [subjectNameOf(decided), decided]),
    );
    await supersede(tx, [...standing.values()], now);
    const companyIds = referrals.map(({ companyId }) => companyId);
    const settings = await readSettings(tx, companyIds);
    const memberships = await readMemberships(
      tx,
      referrals.map(({ companyId, data }) => ({
        companyId,
        partnershipId: asId('Partnership', data.partnershipId),
      })),
    );
    const events = eventsByCustomer(referrals, standing);
    const arrivals = [...customers].flatMap(([name, customer]) => {
      const told = events.get(name) ?? [];
      const facts = told
        .filter((delivery) => customerOf(delivery).map(customerNameOf).includes(name))
        .map((delivery) =>
          wonFact(
            delivery,
            membershipFor(asId('Partnership', delivery.data.partnershipId), { memberships }),
            standing.get(subjectNameOf(nameOfReferral(delivery))) ?? null,
          ),
        );
      return told.slice(0, 1).map((event) => ({ customer, facts, clicks: [], event }));
    });
    const decided = await redecide(tx, arrivals, settings, 'keep');
    const changes = decided.flatMap((again) => (again ? [changeOf(again, 'referral')] : []));
    const lost = referrals.flatMap((delivery) => {
      const known = standing.get(subjectNameOf(nameOfReferral(delivery)));
      if (delivery.data.outcome !== 'lost' || !known) return [];
      return [
        lostDecision(
          delivery,
          membershipFor(asId('Partnership', delivery.data.partnershipId), { memberships }),
          known,
        ),
      ];
    });
    await recordChanges(
      tx,
      this.publisher,
      changes.map((change) => ({
        ...change,
        decisions: [
          ...change.decisions,
          ...lost.filter(({ customerId }) => customerId === change.customer.customerId),
        ],
      })),
      now,
    );
  }
}

function problemOf({ data }: ReferralDelivery): Outcome | null {
  if (data.outcome === 'lost' || data.customerKey !== null) return null;
  return permanent(
    'REFERRAL_WITHOUT_CUSTOMER',
    `The ${data.kind} is closed as won and names no customer. Add the customer's key and replay it.`,
  );
}

/** Whose customer a won one is about. */
const customerOf = ({ companyId, data }: ReferralDelivery) =>
  data.outcome === 'won' && data.customerKey !== null ? [{ companyId, customerKey: data.customerKey }] : [];

/** The deliveries that concern each customer: whose it is now, and whose it was. */
function eventsByCustomer(
  referrals: readonly ReferralDelivery[],
  standing: ReadonlyMap<string, DecidedSubject>,
): ReadonlyMap<string, ReferralDelivery[]> {
  const events = new Map<string, ReferralDelivery[]>();
  for (const delivery of referrals) {
    const known = standing.get(subjectNameOf(nameOfReferral(delivery)));
    const concerned = [...customerOf(delivery), ...(known ? [known] : [])].map(customerNameOf);
    for (const name of new Set(concerned)) events.set(name, [...(events.get(name) ?? []), delivery]);
  }
  return events;
}

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
