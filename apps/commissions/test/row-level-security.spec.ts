import { type Id, newId, NotFound } from '#kernel';
import { loadCommission } from '../src/commission/commission.js';
import { CommissionsFixture, ONCE, type Tenant } from './commissions-fixture.js';
import { aPartner, chargedBack, orderDecided, refunded } from './deliveries.js';

const percent = (basisPoints: number) => ({ kind: 'percent', basisPoints });

describe('commissions under row-level security', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const [partner, rival] = [aPartner(), aPartner()];

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
    tenant = await service.tenant();
    await service.join(tenant, partner);
    await service.join(tenant, rival);
    const partnerBudget = { amount: 100_000, currency: 'EUR', period: 'month' };
    const offerId = await service.offer(tenant, { trigger: 'sale', reward: percent(1000), partnerBudget });
    for (const { partnershipId } of [partner, rival]) {
      const draft = { partnershipId, reward: percent(2000), effectiveFrom: null };
      await service.overrideReward.execute(tenant.principal, offerId, draft, ONCE);
    }
    const stacking = { policy: 'all', effectiveFrom: null } as const;
    await service.setStacking.execute(tenant.principal, tenant.programId, stacking, ONCE);
    await service.deliver(
      [
        orderDecided(tenant, { orderKey: 'mine', partner }),
        orderDecided(tenant, { orderKey: 'theirs', partner: rival }),
      ],
      [refunded(tenant, 'mine', { kind: 'single', refundKey: 'r1', amount: 1_000 })],
      [chargedBack(tenant, 'mine', { chargebackKey: 'c1', outcome: 'opened', amount: 1_000 })],
    );
  });

  afterAll(() => service.close());

  const TABLES = [
    'commission',
    'customer',
    'evaluation',
    'offer',
    'offer_counter',
    'offer_override',
    'offer_version',
    'order_chargeback',
    'order_refund',
    'posting',
    'posting_group',
    'stacking_setting',
    'subject',
  ];

  const rowsOf = (table: string, scope: Parameters<typeof service.database.transaction>[0]) =>
    service.database.transaction(scope, (tx) =>
      tx.query<{ partnership_id?: string }>(`select * from commissions.${table}`),
    );

  it.each(TABLES)('B-01 shows a company its %s rows and another company none', async (table) => {
    expect((await rowsOf(table, { companies: [tenant.companyId] })).length).toBeGreaterThan(0);
    expect(await rowsOf(table, { companies: [newId('Company')] })).toEqual([]);
    expect(await rowsOf(table, { companies: [] })).toEqual([]);
  });

  it.each(['commission', 'evaluation', 'offer_override', 'posting', 'posting_group', 'subject'])(
    'B-01 shows a partner only their own %s rows',
    async (table) => {
      const rows = await rowsOf(table, {
        companies: [tenant.companyId],
        partnership: partner.partnershipId,
      });
      expect(new Set(rows.map(({ partnership_id }) => partnership_id))).toEqual(
        new Set([partner.partnershipId]),
      );
    },
  );

  it('B-01 filters by the partner in the code too, whatever the transaction may see', async () => {
    const scope = { companies: [tenant.companyId] };
    const [theirs] = await service.database.transaction(scope, (tx) =>
      tx.query<{ commission_id: Id<'Commission'> }>(
        'select commission_id from commissions.commission where company_id = $1 and partnership_id = $2',
        [tenant.companyId, rival.partnershipId],
      ),
    );
    const commissionId = theirs?.commission_id ?? newId('Commission');
    const asSeenBy = (partnershipId: Id<'Partnership'>) =>
      service.database.transaction(scope, (tx) =>
        loadCommission(tx, { companyId: tenant.companyId, partnershipId }, commissionId),
      );
    expect(await asSeenBy(rival.partnershipId)).toMatchObject({ commissionId });
    await expect(asSeenBy(partner.partnershipId)).rejects.toThrow(NotFound);
  });

  it('has the tenant first in every key, and the policy on every table', async () => {
    const { rows } = await service.admin.query<{ name: string; first: string; is_forced: boolean }>(
      `select c.relname as name, a.attname as first, c.relrowsecurity and c.relforcerowsecurity as is_forced
       from pg_index i
         join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
       where n.nspname = 'commissions' and i.indisprimary`,
    );
    expect(rows.filter(({ first, is_forced }) => first !== 'company_id' || !is_forced)).toEqual([]);
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(TABLES));
  });
});
