import { jest } from '@jest/globals';
import type { Pool } from 'pg';
import { type Delivery, type Outcome, Publisher } from '#bus';
import type { AttributionDecided } from '#contracts';
import { companyScope, Database, Transaction } from '#database';
import { type Id, newId } from '#kernel';
import {
  addMembership,
  addProgram,
  adminPool,
  eventually,
  FixedClock,
  startTestApp,
  type TestApp,
  type TestMembership,
} from '#testing';
import { AttributionModule } from '../src/attribution.module.js';
import { AdmitLateClicks } from '../src/decision/admit-late-clicks.js';
import type { FactDelivery } from '../src/decision/action.js';
import { AttributeFacts } from '../src/decision/attribute-facts.js';
import { CancelOrders } from '../src/decision/cancel-orders.js';
import { CloseReferrals } from '../src/decision/close-referrals.js';
import type { ReferralDelivery } from '../src/decision/closing.js';
import { ATTRIBUTION } from '../src/service.js';
import { lateClick } from './facts.js';

export interface TestPartner extends TestMembership {
  readonly linkId: Id<'Link'>;
}

export interface TestClick {
  readonly clickId: Id<'Click'>;
  readonly visitorId: Id<'Visitor'>;
  readonly partner: TestPartner;
  readonly clickedAt: Date;
}

export interface Standing {
  readonly revision: number;
  readonly cause: string;
  readonly winner: string | null;
  readonly reason: string;
  readonly candidates: readonly [string, string][];
}

type AnyDelivery = Delivery<'customer.signed_up'> | Delivery<'order.placed'> | Delivery<'click.arrived_late'>;

export const DAY = 24 * 60 * 60 * 1000;
/** Noon of a day in May 2026, and milliseconds more. */
export const may = (day: number, milliseconds = 0): Date =>
  new Date(Date.UTC(2026, 4, day, 12) + milliseconds);

/** The attribution service with programs, partners and clicks to decide on. */
export class AttributionApp {
  /** In the service's role. */
  readonly database: Database;
  readonly #facts: AttributeFacts;
  readonly #lateClicks: AdmitLateClicks;
  readonly #cancellations: CancelOrders;
  readonly #referrals: CloseReferrals;

  private constructor(
    readonly app: TestApp,
    readonly admin: Pool,
    readonly clock: FixedClock,
  ) {
    const service = app.app.select(AttributionModule);
    this.database = service.get(Database, { strict: false }).as('attribution');
    this.#facts = service.get(AttributeFacts);
    this.#cancellations = service.get(CancelOrders);
    this.#referrals = service.get(CloseReferrals);
    this.#lateClicks = service.get(AdmitLateClicks);
  }

  static async start(): Promise<AttributionApp> {
    const clock = new FixedClock('2026-06-01T00:00:00Z');
    const app = await startTestApp([ATTRIBUTION], { clock });
    const admin = adminPool(app.database);
    return new AttributionApp(app, admin, clock);
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.app.close();
  }

  /** A partner approved on 1 January 2026, in a program of its own with a window of 90 days. */
  async partner(
    companyId: Id<'Company'>,
    change: { approvedAt?: Date; endedAt?: Date; windowDays?: number } = {},
  ): Promise<TestPartner> {
    const { windowDays = 90, ...membership } = change;
    const program = await addProgram(this.app.database, companyId, { windowDays, timeZone: 'Europe/Berlin' });
    const partner = await addMembership(this.app.database, program, {
      approvedAt: new Date('2026-01-01T00:00:00Z'),
      state: change.endedAt ? 'left' : 'approved',
      ...membership,
    });
    return { ...partner, linkId: newId('Link') };
  }

  /** A stored click; of a fresh visitor unless it is another click of the same one. */
  async click(partner: TestPartner, clickedAt: Date, sameVisitorAs?: TestClick): Promise<TestClick> {
    const click = this.unstoredClick(partner, clickedAt, sameVisitorAs);
    await this.store(click);
    return click;
  }

  /** A click that is still on its way into the database. */
  unstoredClick(partner: TestPartner, clickedAt: Date, sameVisitorAs?: TestClick): TestClick {
    return {
      clickId: newId('Click'),
      visitorId: sameVisitorAs?.visitorId ?? newId('Visitor'),
      partner,
      clickedAt,
    };
  }

  async store(click: TestClick): Promise<void> {
    const { companyId, linkId, programId, partnershipId } = click.partner;
    await this.admin.query(
      `insert into tracking.click
         (company_id, click_id, visitor_id, link_id, program_id, partnership_id, clicked_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [companyId, click.clickId, click.visitorId, linkId, programId, partnershipId, click.clickedAt],
    );
  }

  /** A discount code of a partner, as tracking would have stored it. */
  async code(partner: TestPartner, code: string, from = may(1), until: Date | null = null): Promise<void> {
    await this.admin.query(
      `with code as (
         insert into tracking.code (company_id, code_id, code, platform_ids, actor, created_at)
         select $1, $2::uuid, $3, '{}', 'test', now()
          where not exists (select from tracking.code_text where company_id = $1 and code = lower($3))
         returning company_id, code_id, lower(code) as code),
       named as (insert into tracking.code_text (company_id, code_id, code) select company_id, code_id, code from code)
       insert into tracking.code_assignment (company_id, assignment_id, code_id, program_id, partnership_id,
         effective_from, effective_until, actor)
       select $1, $2::uuid, coalesce((select code_id from tracking.code_text where company_id = $1 and code = lower($3)),
         $2::uuid), $4, $5, $6, $7, 'test'`,
      [partner.companyId, newId('Event'), code, partner.programId, partner.partnershipId, from, until],
    );
  }

  /** The click is stored late, and attribution hears of it. */
  async arrive(click: TestClick): Promise<void> {
    await this.store(click);
    await this.handleLateClicks(click);
  }

  /** Pays a commission on the order, as a payout does. */
  async pay(partner: TestPartner, orderKey: string): Promise<void> {
    const commissionId = await this.recordCommission(partner, orderKey, 'payable');
    await this.admin.query('update commissions.commission set paid_out = amount where commission_id = $1', [
      commissionId,
    ]);
  }

  /** A commission as the commissions service would have recorded it. */
  async recordCommission(partner: TestPartner, orderKey: string, state: string): Promise<Id<'Commission'>> {
    const commissionId = newId('Commission');
    await this.admin.query(
      `insert into commissions.commission (company_id, commission_id, subject_kind, subject_key, offer_id,
         partnership_id, currency, partner_id, program_id, state, amount, held_until, occurred_at, created_at)
       values ($1, $2, 'order', $3, $4, $5, 'EUR', $6, $7, $8, 2000, now(), now(), now())`,
      [
        partner.companyId,
        commissionId,
        orderKey,
        newId('Offer'),
        partner.partnershipId,
        partner.partnerId,
        partner.programId,
        state,
      ],
    );
    return commissionId;
  }

  /** An order that has to be fulfilled, as the commissions service would have recorded it. */
  async recordOrder(
    partner: TestPartner,
    orderKey: string,
    placedAt: Date,
    fulfilledAt: Date | null,
  ): Promise<void> {
    await this.admin.query(
      `insert into commissions.subject (company_id, kind, key, revision, occurred_at, customer_id, partnership_id,
         partner_id, program_id, amount, tax, shipping, currency, fulfilment_policy, fulfilled_at)
       select company_id, 'order', subject_key, 1, $3, customer_id, partnership_id,
         case when partnership_id is not null then $4::uuid end, program_id, 10000, 0, 0,
         'EUR', 'first', $5
         from attribution.decision where company_id = $1 and subject_key = $2
       on conflict (company_id, kind, key) do update set fulfilled_at = excluded.fulfilled_at`,
      [partner.companyId, orderKey, placedAt, partner.partnerId, fulfilledAt],
    );
  }

  /** As the commissions service would have recorded that the company deleted the order. */
  async deleteOrder(companyId: Id<'Company'>, orderKey: string): Promise<void> {
    await this.admin.query(
      `update commissions.subject set deleted_extent = 'subject', deletion_reason = 'TEST'
        where company_id = $1 and key = $2`,
      [companyId, orderKey],
    );
  }

  /** Hands a batch to the handler as the bus does: one transaction, scoped to the companies in it. */
  handle(...deliveries: FactDelivery[]): Promise<Outcome[]> {
    return this.inBatch(deliveries, (tx) => this.#facts.execute(tx, deliveries));
  }

  /** Sends an event over the real bus. */
  publish({ companyId, type, occurredAt, data }: AnyDelivery): Promise<void> {
    const publisher = this.app.app.get(Publisher, { strict: false });
    return this.database.transaction(companyScope(companyId), (tx) =>
      publisher.publish(tx, [{ companyId, type, occurredAt, data }]),
    );
  }

  /** How many of a company's deliveries to attribution are in which state. */
  async deliveryStates(companyId: Id<'Company'>): Promise<Record<string, number>> {
    const { rows } = await this.admin.query<{ state: string; count: number }>(
      `select state, count(*)::int from bus.delivery
        where company_id = $1 and consumer = 'attribution' group by state`,
      [companyId],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  /** Waits until attribution has dealt with all that was published to it. */
  async handled(companyId: Id<'Company'>): Promise<void> {
    await eventually(async () => {
      const { ready = 0, sent = 0 } = await this.deliveryStates(companyId);
      return ready + sent === 0;
    });
  }

  handleCancellations(...deliveries: Delivery<'order.cancelled'>[]): Promise<Outcome[]> {
    return this.inBatch(deliveries, (tx) => this.#cancellations.execute(tx, deliveries));
  }

  handleReferrals(...deliveries: ReferralDelivery[]): Promise<Outcome[]> {
    return this.inBatch(deliveries, (tx) => this.#referrals.execute(tx, deliveries));
  }

  handleLateClicks(...clicks: TestClick[]): Promise<Outcome[]> {
    const deliveries = clicks.map((click) => lateClick(click));
    return this.inBatch(deliveries, (tx) => this.#lateClicks.execute(tx, deliveries));
  }

  /** What was published for a company, oldest first. */
  async decided(companyId: Id<'Company'>): Promise<AttributionDecided[]> {
    const { rows } = await this.admin.query<{ data: AttributionDecided }>(
      `select data from bus.event where company_id = $1 and type = 'attribution.decided'
        order by recorded_at, occurred_at, data->>'revision'`,
      [companyId],
    );
    return rows.map(({ data }) => data);
  }

  /** The candidates of what stands decided: partnership and reason, in trace order. */
  async candidates(companyId: Id<'Company'>, subjectKey: string): Promise<readonly [string, string][]> {
    return (await this.standing(companyId)).get(subjectKey)?.candidates ?? [];
  }

  /** What stands decided for a company, by subject key. */
  async standing(companyId: Id<'Company'>): Promise<Map<string, Standing>> {
    const { rows } = await this.admin.query<Standing & { key: string }>(
      `select d.subject_key as key, d.revision, d.cause, d.partnership_id as winner, d.reason,
              coalesce(json_agg(json_build_array(c.partnership_id, c.reason) order by c.position)
                filter (where c.position is not null), '[]') as candidates
         from attribution.decision d left join attribution.candidate c using (company_id, decision_id, revision)
        where d.company_id = $1 and d.superseded_at is null
        group by d.company_id, d.decision_id, d.revision order by d.subject_key`,
      [companyId],
    );
    return new Map(rows.map(({ key, ...decision }) => [key, decision]));
  }

  /** How many statements the handler sends for a batch. */
  async statementsOf(...deliveries: Delivery<'order.placed'>[]): Promise<number> {
    const query = jest.spyOn(Transaction.prototype, 'query');
    try {
      return await this.inBatch(deliveries, async (tx) => {
        await this.#facts.execute(tx, deliveries);
        return query.mock.contexts.filter((context) => context === tx).length;
      });
    } finally {
      query.mockRestore();
    }
  }

  private inBatch<T>(
    deliveries: readonly { readonly companyId: Id<'Company'> }[],
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    const companies = [...new Set(deliveries.map(({ companyId }) => companyId))];
    return this.database.transaction({ companies }, work);
  }
}
