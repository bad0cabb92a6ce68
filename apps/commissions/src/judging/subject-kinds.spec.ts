import { newId } from '#kernel';
import { CommissionsFixture, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, orderDecided, otherDecided } from '../../test/deliveries.js';

const FLAT = { kind: 'flat', amount: 700, currency: 'EUR' };
const PERCENT = { kind: 'percent', basisPoints: 1000 };

describe('judging leads, deals, actions and order lines', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const partner = aPartner();

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
  });

  beforeEach(async () => {
    service.publisher.events.length = 0;
    tenant = await service.tenant();
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  it.each(['lead', 'deal'] as const)('B-31 earns for a %s that was won', async (kind) => {
    await service.offer(tenant, { trigger: `${kind}_won`, reward: PERCENT });
    await service.offer(tenant, { trigger: `${kind}_won`, reward: FLAT });
    const key = newId('Event');
    await service.deliver([otherDecided(tenant, partner, { kind, key, amount: 50_000, currency: 'EUR' })]);
    const commissions = await service.commissions(tenant);
    expect(commissions.map(({ subject_key, held }) => [subject_key, held])).toEqual([
      [key, 5000],
      [key, 700],
    ]);
    expect(service.publisher.events).toMatchObject([
      { type: 'commission.earned', data: { subject: { kind, key } } },
      { type: 'commission.earned', data: { subject: { kind, key } } },
    ]);
  });

  it('B-32 explains that a percentage needs an amount, and pays flat all the same', async () => {
    await service.offer(tenant, { trigger: 'deal_won', reward: PERCENT });
    await service.offer(tenant, { trigger: 'deal_won', reward: FLAT });
    const key = newId('Event');
    await service.deliver([
      otherDecided(tenant, partner, { kind: 'deal', key, amount: null, currency: null }),
    ]);
    expect(await service.commissions(tenant)).toMatchObject([{ held: 700 }]);
  });

  it('B-31 earns for the action that an offer names, and for no other', async () => {
    await service.offer(tenant, { trigger: 'action', action: 'trial started', reward: FLAT });
    await service.deliver([
      otherDecided(tenant, partner, { kind: 'action', key: 'a1', action: 'trial started' }),
      otherDecided(tenant, partner, { kind: 'action', key: 'a2', action: 'trial ended' }),
    ]);
    expect(await service.commissions(tenant)).toMatchObject([{ subject_key: 'a1', held: 700 }]);
  });

  it('earns by the lines of an order', async () => {
    const reward = {
      kind: 'lines',
      rates: [{ categories: ['books'], basisPoints: 500 }],
      otherBasisPoints: 1000,
    };
    await service.offer(tenant, { trigger: 'sale', reward });
    const line = (lineKey: string, categoryKey: string, amount: number) => ({
      lineKey,
      categoryKey,
      productKey: null,
      amount,
    });
    await service.deliver([
      orderDecided(tenant, {
        orderKey: 'o1',
        partner,
        lines: [line('1', 'books', 2_000), line('2', 'toys', 8_000)],
      }),
    ]);
    expect(await service.commissions(tenant)).toMatchObject([{ subject_key: 'o1', held: 900 }]);
  });
});
