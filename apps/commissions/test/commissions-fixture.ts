import { type Delivery, type NewEvent, type Outcome, Publisher } from '#bus';
import { checkInvariants, companyScope, type Database, type Transaction } from '#database';
import type { CompanyPrincipal } from '#http';
import { type Id, newId } from '#kernel';
import { parseOfferRule } from '#rules';
import {
  addMembership,
  addProgram,
  FixedClock,
  type OpenDatabase,
  openDatabase,
  type TestDatabase,
} from '#testing';
import { Client } from 'pg';
import { AdjustBalance } from '../src/adjustment/adjust-balance.js';
import { ReleaseHolds } from '../src/hold/release-holds.js';
import { COMMISSIONS_INVARIANTS } from '../src/invariants.js';
import { JudgeRows } from '../src/judging/judge-rows.js';
import { JudgeSubjects } from '../src/judging/judge-subjects.js';
import { CreateOffer } from '../src/offer/create-offer.js';
import { OverrideReward } from '../src/offer/override-reward.js';
import { ReviseOffer } from '../src/offer/revise-offer.js';
import { SetStacking } from '../src/stacking/set-stacking.js';
import { CancelPayouts } from '../src/payout/cancel-payouts.js';
import { CreatePayoutBatch } from '../src/payout/create-payout-batch.js';
import { PayPayouts } from '../src/payout/pay-payouts.js';
import { DeleteCustomers } from '../src/ruling/delete-customers.js';
import { DeleteOrder } from '../src/ruling/delete-order.js';
import { DeleteSubjects } from '../src/ruling/delete-subjects.js';
import { RuleOnCommissions } from '../src/ruling/rule-on-commissions.js';
import { RecordCancellations } from '../src/subject/record-cancellations.js';
import { RecordChargebacks } from '../src/subject/record-chargebacks.js';
import { RecordDecisions } from '../src/subject/record-decisions.js';
import { RecordFacts } from '../src/subject/record-facts.js';
import { RecordFulfilments } from '../src/subject/record-fulfilments.js';
import { RecordRefunds } from '../src/subject/record-refunds.js';
import type { Partner } from './deliveries.js';

/** A delivery of any event that commissions consumes. */
export type AnyDelivery = { readonly [T in ConsumedEvent]: Delivery<T> }[ConsumedEvent];

type ConsumedEvent =
  | 'attribution.decided'
  | 'order.fulfilled'
  | 'order.refunded'
  | 'order.cancelled'
  | 'order.charged_back'
  | 'customer.deleted';

type Handler = (tx: Transaction, deliveries: readonly AnyDelivery[]) => Promise<Outcome[]>;

interface UseCase<T extends ConsumedEvent> {
  execute(tx: Transaction, deliveries: readonly Delivery<T>[]): Promise<Outcome[]>;
}

function handler<T extends ConsumedEvent>(type: T, useCase: UseCase<T>): Handler {
  const isOfType = (one: AnyDelivery): one is AnyDelivery & Delivery<T> => one.type === type;
  return (tx, deliveries) => useCase.execute(tx, deliveries.filter(isOfType));
}

/** Keeps what was published and whom a decision woke. */
class RecordingPublisher extends Publisher {
  readonly events: NewEvent[] = [];
  readonly woken: string[] = [];

  override publish(_tx: unknown, events: readonly NewEvent[]): Promise<void> {
    this.events.push(...events);
    return Promise.resolve();
  }

  override announce(): void {}

  override wake(_tx: unknown, _consumer: string, companyId: string, keys: readonly string[]): Promise<void> {
    this.woken.push(...keys.map((key) => `${companyId} ${key}`));
    return Promise.resolve();
  }
}

/** Deliveries by company and what they wait for. */
export type Waiting = Map<string, AnyDelivery[]>;

/** A company with one program in Berlin. */
export interface Tenant {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
  readonly principal: CompanyPrincipal;
}

/** The service's use cases on a database of their own, fed with deliveries as the bus would. */
export class CommissionsFixture {
  readonly server: TestDatabase;
  readonly database: Database;
  readonly publisher = new RecordingPublisher();
  readonly createOffer: CreateOffer;
  readonly reviseOffer: ReviseOffer;
  readonly overrideReward: OverrideReward;
  readonly setStacking: SetStacking;
  readonly releaseHolds: ReleaseHolds;
  readonly createPayoutBatch: CreatePayoutBatch;
  readonly payPayouts: PayPayouts;
  readonly cancelPayouts: CancelPayouts;
  readonly ruleOnCommissions: RuleOnCommissions;
  readonly deleteOrder: DeleteOrder;
  readonly adjustBalance: AdjustBalance;
  readonly #handlers: Readonly<Record<ConsumedEvent, Handler>>;

  private constructor(
    private readonly opened: OpenDatabase,
    readonly admin: Client,
    readonly clock: FixedClock,
  ) {
    const { database, server } = opened;
    this.database = database;
    this.server = server;
    const judge = new JudgeSubjects(this.publisher, clock);
    const judgeRows = new JudgeRows(judge);
    const facts = new RecordFacts(judgeRows);
    const deleteSubjects = new DeleteSubjects(judgeRows, clock);
    this.#handlers = {
      'attribution.decided': handler('attribution.decided', new RecordDecisions(judge, this.publisher)),
      'order.fulfilled': handler('order.fulfilled', new RecordFulfilments(facts)),
      'order.refunded': handler('order.refunded', new RecordRefunds(facts)),
      'order.cancelled': handler('order.cancelled', new RecordCancellations(facts)),
      'order.charged_back': handler('order.charged_back', new RecordChargebacks(facts)),
      'customer.deleted': handler('customer.deleted', new DeleteCustomers(deleteSubjects)),
    };
    this.ruleOnCommissions = new RuleOnCommissions(database, judgeRows, this.publisher, clock);
    this.deleteOrder = new DeleteOrder(database, deleteSubjects);
    this.adjustBalance = new AdjustBalance(database, this.publisher, clock);
    this.createOffer = new CreateOffer(database, clock);
    this.reviseOffer = new ReviseOffer(database, clock);
    this.overrideReward = new OverrideReward(database, clock);
    this.setStacking = new SetStacking(database, clock);
    this.releaseHolds = new ReleaseHolds(database, this.publisher, clock);
    this.createPayoutBatch = new CreatePayoutBatch(database, clock);
    this.payPayouts = new PayPayouts(database, this.publisher, clock);
    this.cancelPayouts = new CancelPayouts(database, clock);
  }

  static async start(now: string): Promise<CommissionsFixture> {
    const opened = await openDatabase('commissions');
    const admin = new Client({ connectionString: opened.server.adminUrl });
    await admin.connect();
    return new CommissionsFixture(opened, admin, new FixedClock(now));
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.opened.close();
  }

  async tenant(): Promise<Tenant> {
    const { companyId, programId } = await addProgram(this.server, newId('Company'), {
      timeZone: 'Europe/Berlin',
    });
    const principal: CompanyPrincipal = { kind: 'company', companyId, apiKeyId: newId('ApiKey'), scopes: [] };
    return { companyId, programId, principal };
  }

  /** Makes a partner an approved member of the tenant's program. */
  async join(tenant: Tenant, partner: Partner): Promise<void> {
    await addMembership(this.server, tenant, partner);
  }

  /** An offer in force since 2020. */
  async offer(tenant: Tenant, rule: unknown, effectiveFrom = '2020-01-01T00:00:00Z'): Promise<Id<'Offer'>> {
    const draft = {
      programId: tenant.programId,
      name: 'An offer',
      rule: parseOfferRule(rule),
      effectiveFrom: new Date(effectiveFrom),
    };
    const offer = await this.createOffer.execute(tenant.principal, draft, ONCE);
    return offer.offerId;
  }

  /** Hands a batch of one event type over in one transaction, and commits it with its outcomes. */
  batch(deliveries: readonly AnyDelivery[]): Promise<Outcome[]> {
    const companies = [...new Set(deliveries.map(({ companyId }) => companyId))];
    return this.database.transaction(companyScope(...companies), (tx) => this.handle(tx, deliveries));
  }

  /** Hands a batch over in a transaction of the caller's. */
  handle(tx: Transaction, deliveries: readonly AnyDelivery[]): Promise<Outcome[]> {
    const [first] = deliveries;
    return first ? this.#handlers[first.type](tx, deliveries) : Promise.resolve([]);
  }

  /** Delivers batches in order, and again what waited, as soon as a decision wakes it. */
  async deliver(...batches: readonly (readonly AnyDelivery[])[]): Promise<void> {
    const waiting: Waiting = new Map();
    await this.deliverOrKeep(batches, waiting);
    if (waiting.size > 0) throw new Error(`still waiting for ${[...waiting.keys()].join(', ')}`);
  }

  /** The same; what still waits afterwards stays in `waiting`, for a later call. */
  async deliverOrKeep(batches: readonly (readonly AnyDelivery[])[], waiting: Waiting): Promise<void> {
    const pending = [...batches];
    for (let batch = pending.shift(); batch; batch = pending.shift()) {
      const outcomes = await this.batch(batch);
      for (const [index, outcome] of outcomes.entries()) {
        const delivery = batch[index];
        if (!delivery || outcome.kind === 'done') continue;
        if (outcome.kind !== 'wait') throw new Error(`unexpected: ${JSON.stringify(outcome)}`);
        const key = `${delivery.companyId} ${outcome.waitFor}`;
        waiting.set(key, [...(waiting.get(key) ?? []), delivery]);
      }
      for (const key of this.publisher.woken.splice(0)) {
        pending.unshift(...Map.groupBy(waiting.get(key) ?? [], ({ type }) => type).values());
        waiting.delete(key);
      }
    }
  }

  /** The rows of a tenant's commissions, oldest first, with what identifies and values them. */
  async commissions(tenant: Tenant): Promise<CommissionSummary[]> {
    const { rows } = await this.admin.query<CommissionSummary>(
      `select commission_id, subject_key, offer_id, partnership_id, state, reversal_reason, amount::int, held::int, payable::int,
         in_payout::int, paid_out::int, currency, held_until
       from commissions.commission where company_id = $1 order by subject_key, offer_id, partnership_id`,
      [tenant.companyId],
    );
    return rows;
  }

  /** @throws Error naming the invariants that do not hold */
  async verify(): Promise<void> {
    const results = await checkInvariants(this.server.adminUrl, COMMISSIONS_INVARIANTS, this.clock.now());
    const broken = results.filter((result) => result.broken > 0);
    if (broken.length > 0) throw new Error(JSON.stringify(broken, undefined, 2));
  }
}

export interface CommissionSummary {
  readonly commission_id: Id<'Commission'>;
  readonly subject_key: string;
  readonly offer_id: string;
  readonly partnership_id: string;
  readonly state: string;
  readonly reversal_reason: string | null;
  readonly amount: number;
  readonly held: number;
  readonly payable: number;
  readonly in_payout: number;
  readonly paid_out: number;
  readonly currency: string;
  readonly held_until: Date | null;
}

export const ONCE = { key: null, caller: 'test', requestHash: Buffer.alloc(0) };
