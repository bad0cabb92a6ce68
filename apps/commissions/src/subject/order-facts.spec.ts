import { companyScope } from '#database';
import type { ChargebackOutcome, FulfilmentPolicy, OrderLine } from '#contracts';
import { CommissionsFixture, type Tenant } from '../../test/commissions-fixture.js';
import {
  again,
  aPartner,
  cancelled,
  chargedBack,
  fulfilled,
  orderDecided,
  refunded,
} from '../../test/deliveries.js';

const PERCENT = { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 } };

describe('the facts of an order', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const partner = aPartner();

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
  });

  beforeEach(async () => {
    service.publisher.events.length = 0;
    tenant = await service.tenant();
    await service.offer(tenant, PERCENT);
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  const order = (fulfilmentPolicy: FulfilmentPolicy, lines: readonly OrderLine[] = ONE_AND_THREE) =>
    orderDecided(tenant, { orderKey: 'o1', partner, fulfilmentPolicy, lines });
  const only = async () => {
    const [commission, ...others] = await service.commissions(tenant);
    if (!commission || others.length > 0) throw new Error('there should be one commission');
    return commission;
  };
  const publishedOrder = async () => {
    const rows = await service.database
      .as('attribution')
      .transaction(companyScope(tenant.companyId), (tx) =>
        tx.query<{ state: string }>(
          'select state, fulfilled_at, refunded::int from commissions.published_order',
        ),
      );
    return rows[0];
  };

  describe('cancellation', () => {
    it('A-20 takes all of it back when nothing was fulfilled, in either order of arrival', async () => {
      const facts = [[order('first')], [cancelled(tenant, 'o1')]];
      await service.deliver(...facts);
      const expected = { state: 'reversed', reversal_reason: 'CANCELLED', amount: 0, held: 0 };
      expect(await only()).toMatchObject(expected);
      expect(await publishedOrder()).toMatchObject({ state: 'cancelled', fulfilled_at: null });
      tenant = await service.tenant();
      await service.offer(tenant, PERCENT);
      await service.deliver([cancelled(tenant, 'o1')], [order('first')]);
      expect(await only()).toMatchObject(expected);
    });

    it('A-20 takes back what was earned by being paid', async () => {
      await service.deliver([order('none')], [cancelled(tenant, 'o1')]);
      expect(await only()).toMatchObject({ state: 'reversed', reversal_reason: 'CANCELLED', held: 0 });
      expect(service.publisher.events.at(-1)).toMatchObject({
        type: 'commission.reversed',
        data: { change: -2000, reason: 'CANCELLED' },
      });
    });

    it('leaves to refunds what was fulfilled all the same, in either order of arrival', async () => {
      const shipped = () => fulfilled(tenant, 'o1', '2026-05-19T10:00:00Z');
      await service.deliver([order('first')], [cancelled(tenant, 'o1')], [shipped()]);
      expect(await only()).toMatchObject({ state: 'held', held: 2000 });
      tenant = await service.tenant();
      await service.offer(tenant, PERCENT);
      await service.deliver([order('first')], [shipped()], [cancelled(tenant, 'o1')]);
      expect(await only()).toMatchObject({ state: 'held', held: 2000 });
    });

    it('ends the wait for the rest of an order that is earned when complete', async () => {
      await service.deliver([order('complete')], [fulfilled(tenant, 'o1', '2026-05-15T10:00:00Z', ['1'])]);
      expect(await only()).toMatchObject({ state: 'waiting_fulfilment' });
      await service.deliver([cancelled(tenant, 'o1')]);
      expect(await only()).toMatchObject({ state: 'reversed', reversal_reason: 'CANCELLED' });
    });
  });

  describe('chargebacks', () => {
    const report = (outcome: ChargebackOutcome, amount = 10_000, at?: string) =>
      chargedBack(tenant, 'o1', { outcome, amount }, at);

    it('takes the amount away when opened, and gives it back when the company wins', async () => {
      await service.deliver([order('none')], [report('opened')]);
      expect(await only()).toMatchObject({ state: 'reversed', reversal_reason: 'CHARGED_BACK', held: 0 });
      await service.deliver([report('won')]);
      expect(await only()).toMatchObject({ state: 'held', reversal_reason: null, held: 2000 });
    });

    it('keeps it away when the company loses', async () => {
      await service.deliver([order('none')], [report('opened')], [report('lost')]);
      expect(await only()).toMatchObject({ state: 'reversed', reversal_reason: 'CHARGED_BACK', held: 0 });
    });

    it.each(['won', 'lost'] as const)('%s is final whatever the order of arrival', async (outcome) => {
      await service.deliver(
        [order('none')],
        [report(outcome)],
        [report('opened')],
        [again(report('opened'))],
      );
      expect(await only()).toMatchObject({ held: outcome === 'won' ? 2000 : 0 });
    });

    it('of two final reports the later one counts, also within one batch', async () => {
      const [early, late] = ['2026-05-19T10:00:00Z', '2026-05-20T10:00:00Z'];
      await service.deliver([order('none')], [report('won', 10_000, late), report('lost', 10_000, early)]);
      expect(await only()).toMatchObject({ held: 2000 });
      await service.deliver([report('lost', 10_000, early)]);
      expect(await only()).toMatchObject({ held: 2000 });
    });

    it('adds up with refunds, never beyond the order', async () => {
      await service.deliver(
        [order('none')],
        [report('opened', 5_000)],
        [refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 2_500 })],
      );
      expect(await only()).toMatchObject({ state: 'held', held: 500 });
      await service.deliver([refunded(tenant, 'o1', { kind: 'single', refundKey: 'r2', amount: 7_500 })]);
      expect(await only()).toMatchObject({ state: 'reversed', held: 0 });
      expect(await publishedOrder()).toMatchObject({ state: 'refunded', refunded: 10_000 });
      await service.deliver([report('won', 5_000)]);
      expect(await only()).toMatchObject({ state: 'reversed', reversal_reason: 'REFUNDED', held: 0 });
    });

    it('in another currency it is a dead letter', async () => {
      await service.deliver([order('none')]);
      expect(
        await service.batch([chargedBack(tenant, 'o1', { outcome: 'opened', currency: 'USD' })]),
      ).toMatchObject([{ kind: 'permanent', code: 'CHARGEBACK_CURRENCY_MISMATCH' }]);
      expect(await only()).toMatchObject({ held: 2000 });
    });

    it('waits for an order that is not known yet', async () => {
      await service.deliver([report('opened', 5_000)], [order('none')]);
      expect(await only()).toMatchObject({ held: 1000 });
    });
  });

  describe('fulfilment', () => {
    const ship = (lineKeys: readonly string[] | null, at = '2026-05-15T10:00:00Z') =>
      fulfilled(tenant, 'o1', at, lineKeys);

    it('A-21 lines: each line is earned when it is fulfilled', async () => {
      await service.deliver([order('lines')]);
      expect(await only()).toMatchObject({ state: 'waiting_fulfilment', amount: 2000, held: 0 });
      await service.deliver([ship(['1'])], [again(ship(['1']))]);
      expect(await only()).toMatchObject({ state: 'held', amount: 2000, held: 500 });
      await service.deliver([ship(['3'])]);
      expect(await only()).toMatchObject({ state: 'held', amount: 2000, held: 2000 });
    });

    it('A-21 lines: a fulfilment of the whole order earns all of it', async () => {
      await service.deliver([order('lines')], [ship(['1'])], [ship(null)]);
      expect(await only()).toMatchObject({ held: 2000 });
    });

    it('A-21 complete: it is earned when the last line is fulfilled, in any order of arrival', async () => {
      await service.deliver([order('complete')], [ship(['3'], '2026-05-16T10:00:00Z')]);
      expect(await only()).toMatchObject({ state: 'waiting_fulfilment', held: 0 });
      expect(await publishedOrder()).toMatchObject({ state: 'waiting_fulfilment', fulfilled_at: null });
      await service.deliver([ship(['1'], '2026-05-14T10:00:00Z')]);
      // 30 days from 16 May, when the last line went out.
      expect(await only()).toMatchObject({ held: 2000, held_until: new Date('2026-06-14T22:00:00Z') });
      expect(await publishedOrder()).toMatchObject({ state: 'earned' });
    });

    it('A-21 complete: a line that is called like a property of every object is a line like others', async () => {
      const lines = [{ ...ONE_AND_THREE[0], lineKey: '__proto__' }, ONE_AND_THREE[1]];
      await service.deliver([order('complete', lines)], [ship(['3'])]);
      expect(await only()).toMatchObject({ state: 'waiting_fulfilment' });
      await service.deliver([ship(['__proto__'])]);
      expect(await only()).toMatchObject({ state: 'held', held: 2000 });
    });

    it('A-21 complete: without known lines only the whole order counts', async () => {
      await service.deliver([order('complete', [])], [ship(['1', '3'])]);
      expect(await only()).toMatchObject({ state: 'waiting_fulfilment' });
      await service.deliver([ship(null)]);
      expect(await only()).toMatchObject({ state: 'held' });
    });
  });
});

const line = (lineKey: string, amount: number) => ({ lineKey, productKey: null, categoryKey: null, amount });
/** A quarter and three quarters of the order. */
const ONE_AND_THREE = [line('1', 2_500), line('3', 7_500)] as const;
