import { type Id, newId, parseCurrency } from '#kernel';
import { parseOfferRule } from '#rules';
import type { PayoutBatch } from '../../src/payout/payout-batch.js';
import { ReadStatements } from '../../src/statement/read-statements.js';
import type { StatementOfCurrency } from '../../src/statement/statement.js';
import {
  type AnyDelivery,
  type CommissionsFixture,
  type CommissionSummary,
  ONCE,
  type Tenant,
  type Waiting,
} from '../commissions-fixture.js';
import { again, aPartner, customerDeleted } from '../deliveries.js';
import { batchesOf, deliveryOf, keyOf, type OrderNames } from './deliveries-of.js';
import { type RulingKind, slotName } from './model-ledger.js';
import {
  type Arrival,
  CUSTOMER_OF,
  type Fact,
  OFFERS,
  ORDERS,
  type OrderStory,
  PARTNERS,
  timeOn,
} from './story.js';

const EUR = parseCurrency('EUR');
const SAID = { reason: 'OTHER', note: 'As the model says.' } as const;

/** The service's ledger in PostgreSQL, for a company of its own, driven by the same sequence as the model. */
export class RealLedger {
  readonly #partners = PARTNERS.map(() => aPartner());
  readonly #customers = [...new Set(CUSTOMER_OF)].map(() => newId('Customer'));
  readonly #offers: Id<'Offer'>[] = [];
  readonly #delivered: AnyDelivery[] = [];
  readonly #openPayouts: PayoutBatch[] = [];
  readonly #statements: ReadStatements;
  readonly #waiting: Waiting = new Map();

  private constructor(
    private readonly service: CommissionsFixture,
    private readonly tenant: Tenant,
    private readonly story: readonly OrderStory[],
  ) {
    this.#statements = new ReadStatements(service.database, service.clock);
  }

  static async open(service: CommissionsFixture, story: readonly OrderStory[]): Promise<RealLedger> {
    service.clock.set(timeOn(10, 12).toISOString());
    service.publisher.events.length = 0;
    const ledger = new RealLedger(service, await service.tenant(), story);
    for (const partner of ledger.#partners) await service.join(ledger.tenant, partner);
    for (const offer of OFFERS) ledger.#offers.push(await service.offer(ledger.tenant, ruleOf(offer)));
    return ledger;
  }

  advance(days: number): void {
    this.service.clock.advance(days * 86_400_000);
  }

  /** Hands facts over shuffled, some twice, in batches as they come. @param revisions of credits, in their order */
  async learn(
    facts: readonly { readonly fact: Fact; readonly revision: number }[],
    how: Arrival,
  ): Promise<void> {
    const shuffled = facts
      .map(({ fact, revision }) => deliveryOf(fact, this.#namesFor(fact, revision)))
      .flatMap((delivery, at) => (how.repeats[at] ? [delivery, again(delivery)] : [delivery]))
      .map((delivery, at) => ({ delivery, weight: how.weights[at % how.weights.length] ?? 0, at }))
      .toSorted((a, b) => a.weight - b.weight || a.at - b.at)
      .map(({ delivery }) => delivery);
    this.#delivered.push(...shuffled);
    await this.#deliver(batchesOf(shuffled, how.cuts));
  }

  /** All facts again under other event ids, the last one first. */
  async learnAgain(): Promise<void> {
    await this.#deliver(this.#delivered.toReversed().map((delivery) => [again(delivery)]));
  }

  async deleteCustomer(customer: number): Promise<void> {
    const at = this.service.clock.now().toISOString();
    await this.#deliver([[customerDeleted(this.tenant, this.#customerId(customer), 'reverse', at)]]);
  }

  releaseHolds(): Promise<number> {
    return this.service.releaseHolds.execute();
  }

  /** @returns all commissions by the model's names; an adjustment's is its id */
  async commissions(): Promise<Map<string, CommissionSummary>> {
    const rows = await this.service.commissions(this.tenant);
    return new Map(rows.map((row) => [this.#nameOf(row), row]));
  }

  /** @returns whether it could be ruled so */
  async rule(commission: CommissionSummary, kind: RulingKind): Promise<boolean> {
    const ruling = {
      approved: { kind: 'approved', note: null },
      declined: { kind: 'declined', ...SAID },
      deleted: { kind: 'deleted', extent: 'commission', ...SAID },
    } as const;
    const { principal } = this.tenant;
    const [result] = await this.service.ruleOnCommissions.execute(
      principal,
      [commission.commission_id],
      ruling[kind],
      ONCE,
    );
    return result?.problem === null;
  }

  deleteOrder(order: number): Promise<void> {
    const deletion = { kind: 'deleted', extent: 'subject', ...SAID } as const;
    return this.service.deleteOrder.execute(this.tenant.principal, keyOf(order), deletion, ONCE);
  }

  /** @returns the name of the adjustment */
  async adjust(partner: number, amount: bigint): Promise<string> {
    const { partnershipId } = this.#partner(partner);
    const adjustment = { partnershipId, amount, currency: EUR, reason: 'As the model says.' };
    return (await this.service.adjustBalance.execute(this.tenant.principal, adjustment, ONCE)).commissionId;
  }

  async revise(offer: number, basisPoints: number): Promise<void> {
    const [offerId, terms] = [this.#offers[offer], OFFERS[offer]];
    if (offerId === undefined || !terms) throw new Error(`there is no offer ${offer}`);
    const rule = parseOfferRule(ruleOf({ ...terms, basisPoints }));
    await this.service.reviseOffer.execute(
      this.tenant.principal,
      offerId,
      { rule, effectiveFrom: null },
      ONCE,
    );
  }

  /** @throws NothingToPay */
  async takePayable(threshold: bigint): Promise<PayoutBatch> {
    const draft = { programId: null, currency: EUR, threshold };
    const batch = await this.service.createPayoutBatch.execute(this.tenant.principal, draft, ONCE);
    this.#openPayouts.push(batch);
    return batch;
  }

  async close(index: number, ending: 'paid' | 'cancelled'): Promise<void> {
    const { principal } = this.tenant;
    for (const { payoutBatchId } of this.#openPayouts.splice(index, 1)) {
      if (ending === 'paid') await this.service.payPayouts.batch(principal, payoutBatchId, 'SEPA 1', ONCE);
      else await this.service.cancelPayouts.batch(principal, payoutBatchId, 'As the model says.', ONCE);
    }
  }

  /** @returns what the statement of this month says in EUR; undefined before the first commission */
  async statement(partner: number): Promise<StatementOfCurrency | undefined> {
    const { companyId } = this.tenant;
    const month = this.service.clock.now().toISOString().slice(0, 7);
    const { partnershipId } = this.#partner(partner);
    return (await this.#statements.ofCompany(companyId, partnershipId, month)).currencies[0];
  }

  #deliver(batches: readonly (readonly AnyDelivery[])[]): Promise<void> {
    return this.service.deliverOrKeep(batches, this.#waiting);
  }

  #namesFor(fact: Fact, revision: number): OrderNames {
    const story = this.story[fact.order];
    if (!story) throw new Error(`there is no order ${fact.order}`);
    const customerId = this.#customerId(CUSTOMER_OF[fact.order] ?? 0);
    const isCredited = fact.kind === 'credited' && fact.to !== null;
    return {
      tenant: this.tenant,
      story,
      customerId,
      partner: isCredited ? this.#partner(fact.to) : null,
      revision,
    };
  }

  #partner(index: number) {
    const partner = this.#partners[index];
    if (!partner) throw new Error(`there is no partner ${index}`);
    return partner;
  }

  #customerId(index: number): Id<'Customer'> {
    const customerId = this.#customers[index];
    if (customerId === undefined) throw new Error(`there is no customer ${index}`);
    return customerId;
  }

  #nameOf(row: CommissionSummary): string {
    const order = ORDERS.find((one) => keyOf(one) === row.subject_key);
    if (order === undefined) return row.commission_id;
    return slotName({
      order,
      offer: this.#offers.findIndex((offerId) => offerId === row.offer_id),
      partner: this.#partners.findIndex(({ partnershipId }) => partnershipId === row.partnership_id),
    });
  }
}

interface Terms {
  readonly holdDays: number;
  readonly review: string;
  readonly basisPoints: number;
}

const ruleOf = ({ holdDays, review, basisPoints }: Terms) => ({
  trigger: 'sale',
  reward: { kind: 'percent', basisPoints },
  holdDays,
  review,
});
