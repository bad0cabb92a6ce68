import { companyScope } from '#database';
import { newId, parseCurrency } from '#kernel';
import { CommissionsFixture, ONCE, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, chargedBack, orderDecided } from '../../test/deliveries.js';

const TEST = { kind: 'deleted', extent: 'subject', reason: 'TEST', note: null } as const;

describe('the ledger', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-12T12:00:00Z');
    tenant = await service.tenant();
    await service.offer(tenant, { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 } });
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner: aPartner() })]);
  });

  afterAll(() => service.close());

  const run = (statement: string, as: Tenant = tenant) =>
    service.database.transaction(companyScope(as.companyId), (tx) => tx.query(statement));

  it.each(['posting', 'posting_group', 'evaluation', 'offer_version', 'ruling', 'adjustment'])(
    'lets the service neither change nor delete a %s',
    async (table) => {
      await expect(run(`update commissions.${table} set company_id = company_id`)).rejects.toThrow(
        /permission denied/,
      );
      await expect(run(`delete from commissions.${table}`)).rejects.toThrow(/permission denied/);
    },
  );

  it('lets the service delete no commission, offer or subject', async () => {
    for (const table of ['commission', 'offer', 'subject', 'customer', 'order_refund', 'order_chargeback']) {
      await expect(run(`delete from commissions.${table}`)).rejects.toThrow(/permission denied/);
    }
  });

  it('I4 refuses a posting group that does not sum to zero', async () => {
    const unbalanced = `
      insert into commissions.posting (company_id, posting_group_id, account, currency, amount, partnership_id)
      values ('${tenant.companyId}', '${newId('PostingGroup')}', 'partner_held', 'EUR', 5, '${newId('Partnership')}')`;
    await expect(run(unbalanced)).rejects.toThrow(/does not sum to zero/);
  });

  it('refuses a second posting group for the same evaluation of a commission', async () => {
    const twice = `
      insert into commissions.posting_group
      select company_id, '${newId('PostingGroup')}', commission_id, partnership_id, evaluation_no, cause, reason,
        posted_at from commissions.posting_group`;
    await expect(run(twice)).rejects.toThrow(/duplicate key/);
  });

  it('shows a tenant nothing of another, with no filter in the query', async () => {
    const stranger = await service.tenant();
    const tables = ['offer', 'offer_version', 'customer', 'subject', 'evaluation', 'commission', 'posting'];
    for (const table of tables) {
      expect(await run(`select 1 from commissions.${table}`)).not.toEqual([]);
      expect(await run(`select 1 from commissions.${table}`, stranger)).toEqual([]);
    }
  });

  it("shows a tenant no company's word and no chargeback of another, with no filter in the query", async () => {
    const [owner, stranger] = [await service.tenant(), await service.tenant()];
    const partner = aPartner();
    await service.join(owner, partner);
    await service.offer(owner, { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 } });
    await service.deliver(
      [orderDecided(owner, { orderKey: 'o1', partner })],
      [chargedBack(owner, 'o1', { outcome: 'won' })],
    );
    await service.deleteOrder.execute(owner.principal, 'o1', TEST, ONCE);
    await service.adjustBalance.execute(
      owner.principal,
      { partnershipId: partner.partnershipId, amount: 1n, currency: parseCurrency('EUR'), reason: 'Thanks' },
      ONCE,
    );
    for (const table of ['ruling', 'adjustment', 'order_chargeback']) {
      expect(await run(`select 1 from commissions.${table}`, owner)).toHaveLength(1);
      expect(await run(`select 1 from commissions.${table}`, stranger)).toEqual([]);
      const rival = { companies: [owner.companyId], partnership: newId('Partnership') };
      const seen = await service.database.transaction(rival, (tx) =>
        tx.query(`select 1 from commissions.${table}`),
      );
      // Orders are the company's; what is said of commissions is theirs whose they are.
      expect(seen).toHaveLength(table === 'order_chargeback' ? 1 : 0);
    }
  });

  it('shows the sweeper of a commission only whose it is and until when it is held', async () => {
    const bus = service.database.as('bus');
    const read = (columns: string) =>
      bus.transaction({ companies: [] }, (tx) => tx.query(`select ${columns} from commissions.commission`));
    expect(await read('company_id, state, held_until')).not.toEqual([]);
    await expect(read('amount')).rejects.toThrow(/permission denied/);
  });
});
