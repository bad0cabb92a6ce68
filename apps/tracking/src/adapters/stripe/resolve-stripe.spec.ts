import fc from 'fast-check';
import { companyScope, type Database } from '#database';
import { type Id, newId } from '#kernel';
import { type OpenDatabase, openDatabase } from '#testing';
import type { Fact } from '../reading.js';
import { readStripe } from './read-stripe.js';
import type { Resolution } from './resolution.js';
import { resolveStripe } from './resolve-stripe.js';
import {
  chargeRefunded,
  checkoutCompleted,
  disputeEvent,
  invoicePaid,
  invoicePaymentPaid,
  stripeEvent,
} from '../../../test/stripe-events.js';

const RECEIVED = new Date('2026-05-12T10:00:02.000Z');

describe('resolving Stripe statements', () => {
  let opened: OpenDatabase;
  let database: Database;

  beforeAll(async () => {
    opened = await openDatabase('tracking');
    ({ database } = opened);
  });

  afterAll(() => opened.close());

  /** Delivers batches as the bus would: what waits is delivered again once its key is learned. */
  async function deliver(companyId: Id<'Company'>, batches: readonly (readonly object[])[]): Promise<Fact[]> {
    const facts: Fact[] = [];
    const waiting = new Map<string, object[]>();
    const pending = [...batches];
    for (let batch = pending.shift(); batch; batch = pending.shift()) {
      const items = batch.map((event) => {
        const reading = readStripe(Buffer.from(JSON.stringify(event)), RECEIVED);
        if (reading.kind !== 'read') throw new Error(JSON.stringify(reading));
        return { companyId, statement: reading.value };
      });
      const { resolutions, learned } = await database.transaction(companyScope(companyId), (tx) =>
        resolveStripe(tx, items),
      );
      for (const [index, resolution] of resolutions.entries()) {
        if (resolution.kind === 'facts') facts.push(...resolution.facts);
        const event = batch[index];
        if (resolution.kind === 'wait' && event) {
          waiting.set(resolution.waitFor, [...(waiting.get(resolution.waitFor) ?? []), event]);
        }
      }
      for (const key of learned.get(companyId) ?? []) {
        const woken = waiting.get(key);
        waiting.delete(key);
        if (woken) pending.push(woken);
      }
    }
    expect([...waiting.keys()]).toEqual([]);
    return facts;
  }

  const summaryOf = (facts: readonly Fact[]) => ({
    orders: [
      ...new Set(
        facts.flatMap((fact) =>
          fact.type === 'order.placed'
            ? [`${fact.data.orderKey} ${fact.data.customerKey} ${fact.data.amount}`]
            : [],
        ),
      ),
    ],
    refunded: Math.max(
      0,
      ...facts.flatMap((fact) =>
        fact.type === 'order.refunded' && fact.data.refund.kind === 'snapshot'
          ? [fact.data.refund.refundedTotal]
          : [],
      ),
    ),
    refundedOrders: [
      ...new Set(facts.flatMap((fact) => (fact.type === 'order.refunded' ? [fact.data.orderKey] : []))),
    ],
  });

  /** Every sequence of the events, cut into batches anywhere. */
  const arrivals = (events: readonly object[]) =>
    fc
      .tuple(
        fc.shuffledSubarray([...events], { minLength: events.length }),
        fc.array(fc.boolean(), { minLength: events.length, maxLength: events.length }),
      )
      .map(([sequence, cuts]) =>
        sequence.reduce<object[][]>((batches, event, index) => {
          if (index === 0 || cuts[index]) batches.push([]);
          batches.at(-1)?.push(event);
          return batches;
        }, []),
      );

  it('a checkout, its invoice, payment and refunds are one sale in every sequence', async () => {
    const events = [
      checkoutCompleted({ mode: 'subscription', invoice: 'in_1', payment_intent: null }),
      invoicePaid({}),
      invoicePaymentPaid('in_1', 'pi_1'),
      chargeRefunded({ amount_refunded: 2_000 }),
      chargeRefunded({ amount_refunded: 5_000 }),
    ];
    await fc.assert(
      fc.asyncProperty(arrivals(events), async (batches) => {
        expect(summaryOf(await deliver(newId('Company'), batches))).toEqual({
          orders: ['in_1 cus_1 11900'],
          refunded: 5_000,
          refundedOrders: ['in_1'],
        });
      }),
      { numRuns: 60 },
    );
  });

  it('a one-off checkout and its refund are one sale in every sequence', async () => {
    const events = [checkoutCompleted({}), chargeRefunded({ amount_refunded: 11_900 })];
    await fc.assert(
      fc.asyncProperty(arrivals(events), async (batches) => {
        expect(summaryOf(await deliver(newId('Company'), batches))).toEqual({
          orders: ['pi_1 cus_1 11900'],
          refunded: 11_900,
          refundedOrders: ['pi_1'],
        });
      }),
      { numRuns: 10 },
    );
  });

  it('an invoice paid by two payments adds up the refunds of both, each by its largest', async () => {
    const events = [
      invoicePaid({}),
      invoicePaymentPaid('in_1', 'pi_1'),
      invoicePaymentPaid('in_1', 'pi_2'),
      chargeRefunded({ id: 'ch_1', payment_intent: 'pi_1', amount_refunded: 1_000 }),
      chargeRefunded({ id: 'ch_2', payment_intent: 'pi_2', amount_refunded: 300 }),
      chargeRefunded({ id: 'ch_2', payment_intent: 'pi_2', amount_refunded: 700 }),
    ];
    await fc.assert(
      fc.asyncProperty(arrivals(events), async (batches) => {
        expect(summaryOf(await deliver(newId('Company'), batches))).toMatchObject({ refunded: 1_700 });
      }),
      { numRuns: 30 },
    );
  });

  it('finds the order of a chargeback and its end, in every sequence', async () => {
    const events = [
      invoicePaid({}),
      invoicePaymentPaid('in_1', 'pi_1'),
      disputeEvent('charge.dispute.created', {}),
      disputeEvent('charge.dispute.closed', { status: 'won' }),
    ];
    await fc.assert(
      fc.asyncProperty(arrivals(events), async (batches) => {
        const facts = await deliver(newId('Company'), batches);
        const told = facts.flatMap((fact) => (fact.type === 'order.charged_back' ? [fact.data] : []));
        const chargeback = { orderKey: 'in_1', chargebackKey: 'du_1', amount: 5_000, currency: 'EUR' };
        expect(told.toSorted((a, b) => a.outcome.localeCompare(b.outcome))).toEqual([
          { ...chargeback, outcome: 'opened' },
          { ...chargeback, outcome: 'won' },
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it('A-17 tells the text of a promotion code that Stripe names by its id, once it has told of it', async () => {
    const company = newId('Company');
    const promotion = stripeEvent('promotion_code.created', { id: 'promo_1', code: 'ADA10' });
    const paid = (id: string) =>
      checkoutCompleted({
        id: `cs_${id}`,
        payment_intent: id,
        discounts: [{ coupon: null, promotion_code: 'promo_1' }],
      });
    const codesOf = (facts: readonly Fact[]) =>
      facts.map((fact) => ('codes' in fact.data ? fact.data.codes : null));
    expect(codesOf(await deliver(company, [[paid('pi_1')]]))).toEqual([['promo_1']]);
    expect(codesOf(await deliver(company, [[paid('pi_2'), promotion]]))).toEqual([['promo_1', 'ADA10']]);
    expect(codesOf(await deliver(company, [[promotion], [paid('pi_3')]]))).toEqual([['promo_1', 'ADA10']]);
    expect(codesOf(await deliver(newId('Company'), [[paid('pi_1')]]))).toEqual([['promo_1']]);
  });

  it('keeps the first key of a customer, and makes a guest a customer of one sale', async () => {
    const company = newId('Company');
    const keys = (facts: readonly Fact[]) =>
      facts.flatMap((fact) => ('customerKey' in fact.data ? [fact.data.customerKey] : []));
    expect(
      keys(
        await deliver(company, [
          [invoicePaid({ id: 'in_1', metadata: { customerKey: 'u-1' } })],
          [invoicePaid({ id: 'in_2' })],
          [invoicePaid({ id: 'in_3', metadata: { customerKey: 'u-2' } })],
          [checkoutCompleted({ customer: null, payment_intent: 'pi_9' })],
        ]),
      ),
    ).toEqual(['u-1', 'u-1', 'u-1', 'guest:pi_9']);
  });

  it('keeps two companies with the same Stripe ids apart', async () => {
    const [mine, theirs] = [newId('Company'), newId('Company')];
    await deliver(mine, [[invoicePaid({}), invoicePaymentPaid('in_1', 'pi_1')]]);
    const reading = readStripe(Buffer.from(JSON.stringify(chargeRefunded({}))), RECEIVED);
    if (reading.kind !== 'read') throw new Error('unreadable');
    const { resolutions } = await database.transaction(companyScope(theirs), (tx) =>
      resolveStripe(tx, [{ companyId: theirs, statement: reading.value }]),
    );
    expect(resolutions).toEqual<Resolution[]>([{ kind: 'wait', waitFor: 'stripe:payment_intent:pi_1' }]);
  });

  it('tells of a link between sales that were booked apart, and changes nothing', async () => {
    const company = newId('Company');
    await deliver(company, [[checkoutCompleted({})], [invoicePaid({})]]);
    const reading = readStripe(Buffer.from(JSON.stringify(invoicePaymentPaid('in_1', 'pi_1'))), RECEIVED);
    if (reading.kind !== 'read') throw new Error('unreadable');
    const { resolutions } = await database.transaction(companyScope(company), (tx) =>
      resolveStripe(tx, [{ companyId: company, statement: reading.value }]),
    );
    expect(resolutions).toEqual<Resolution[]>([{ kind: 'separate', orderKeys: ['in_1', 'pi_1'] }]);
  });

  it('lets two batches of one company name the same sale at the same time', async () => {
    const company = newId('Company');
    const facts = await Promise.all(
      [
        [invoicePaid({}), invoicePaymentPaid('in_1', 'pi_1')],
        [invoicePaymentPaid('in_1', 'pi_1'), invoicePaid({})],
        [checkoutCompleted({ mode: 'subscription', invoice: 'in_1', payment_intent: null })],
      ].map((batch) => deliver(company, [batch])),
    );
    expect(summaryOf(facts.flat()).orders).toEqual(['in_1 cus_1 11900']);
  });
});
