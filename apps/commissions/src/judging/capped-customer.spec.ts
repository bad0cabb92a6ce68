import { newId } from '#kernel';
import { CommissionsFixture, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, orderDecided } from '../../test/deliveries.js';

const CAP = 20;
const MIDDLE = 10;

describe('a capped customer with many orders', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const [partner, customerId] = [aPartner(), newId('Customer')];
  const orders = Array.from({ length: 30 }, (_, index) => index);

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
    tenant = await service.tenant();
    await service.offer(tenant, {
      trigger: 'sale',
      reward: { kind: 'percent', basisPoints: 2000 },
      customerCap: { count: CAP },
    });
    await service.deliver(orders.map((index) => order(`o${String(index).padStart(2, '0')}`, index)));
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  const order = (orderKey: string, hours: number) =>
    orderDecided(tenant, {
      orderKey,
      partner,
      customerId,
      placedAt: new Date(Date.UTC(2026, 4, 1) + hours * 3_600_000).toISOString(),
    });

  /** Who wrote each order's row last: judging again writes it. */
  const writers = async () => {
    const { rows } = await service.admin.query<{ key: string; writer: string }>(
      `select key, xmin::text as writer from commissions.subject where company_id = $1 and key ~ '^o' order by key`,
      [tenant.companyId],
    );
    return rows;
  };
  const judgedAgainBy = async (delivery: ReturnType<typeof order>) => {
    const before = new Map((await writers()).map(({ key, writer }) => [key, writer]));
    await service.deliver([delivery]);
    return (await writers()).filter(({ key, writer }) => before.get(key) !== writer).map(({ key }) => key);
  };
  const states = async () =>
    new Map((await service.commissions(tenant)).map((one) => [one.subject_key, one.state]));

  it('judges none of the earlier ones again for the next one', async () => {
    expect([...(await states()).keys()]).toHaveLength(CAP);
    expect(await judgedAgainBy(order('next', 40))).toEqual([]);
    expect(await states()).toHaveProperty('size', CAP);
  });

  it('judges those again that happened after one that comes late, and the last of the cap loses its place', async () => {
    const again = await judgedAgainBy(order('late', MIDDLE - 0.5));
    expect(again).toEqual(orders.slice(MIDDLE).map((index) => `o${index}`));
    const after = await states();
    expect([after.get('late'), after.get('o18'), after.get('o19')]).toEqual(['held', 'held', 'reversed']);
  });
});
