import { eventually } from '#testing';
import { CommissionsFixture, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, orderDecided, refunded } from '../../test/deliveries.js';
import { HoldReleaseLoop } from './hold-release-loop.js';

const OFFER = { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 }, holdDays: 30 };

describe('the release of holds', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const partner = aPartner();

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-12T12:00:00Z');
  });

  beforeEach(async () => {
    service.clock.set('2026-05-12T12:00:00Z');
    service.publisher.events.length = 0;
    tenant = await service.tenant();
    await service.offer(tenant, OFFER);
    await service.deliver([
      orderDecided(tenant, { orderKey: 'o1', partner, placedAt: '2026-05-12T10:00:00Z' }),
    ]);
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  it('makes a commission payable at the local midnight that ends its hold, not a millisecond before', async () => {
    service.clock.set('2026-06-10T21:59:59.999Z');
    await service.releaseHolds.execute();
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'held', held: 2000, payable: 0 }]);
    service.clock.set('2026-06-10T22:00:00Z');
    await service.releaseHolds.execute();
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'payable', held: 0, payable: 2000 }]);
    expect(service.publisher.events.at(-1)).toMatchObject({
      type: 'commission.released',
      companyId: tenant.companyId,
      data: { amount: 2000, currency: 'EUR' },
    });
  });

  it('catches up after a downtime, for every company, once', async () => {
    const other = await service.tenant();
    await service.offer(other, OFFER);
    await service.deliver([orderDecided(other, { orderKey: 'o1', partner: aPartner() })]);
    service.clock.set('2027-01-01T00:00:00Z');
    const released = await Promise.all([service.releaseHolds.execute(), service.releaseHolds.execute()]);
    expect(released[0] + released[1]).toBe(2);
    expect(await service.commissions(tenant)).toMatchObject([{ payable: 2000 }]);
    expect(await service.commissions(other)).toMatchObject([{ payable: 2000 }]);
    expect(await service.releaseHolds.execute()).toBe(0);
  });

  it('takes a refund back from what is payable, and leaves the rest payable', async () => {
    service.clock.set('2026-06-11T00:00:00Z');
    await service.releaseHolds.execute();
    await service.deliver([refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 5_000 })]);
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'payable', payable: 1000 }]);
  });

  it('is not needed where the hold is over already: payable at once, and told so', async () => {
    service.publisher.events.length = 0;
    await service.deliver([
      orderDecided(tenant, { orderKey: 'old', partner, placedAt: '2026-04-01T10:00:00Z' }),
    ]);
    expect(await service.commissions(tenant)).toMatchObject([
      { subject_key: 'o1', state: 'held' },
      { subject_key: 'old', state: 'payable', payable: 2000 },
    ]);
    expect(service.publisher.events.map(({ type }) => type)).toEqual([
      'commission.earned',
      'commission.released',
    ]);
  });

  it('runs by itself from start to shutdown', async () => {
    service.clock.set('2026-06-11T00:00:00Z');
    const loop = new HoldReleaseLoop(service.releaseHolds);
    loop.onApplicationBootstrap();
    await eventually(async () => (await service.commissions(tenant))[0]?.state === 'payable');
    await loop.onModuleDestroy();
    expect(await service.commissions(tenant)).toMatchObject([{ payable: 2000 }]);
  });
});
