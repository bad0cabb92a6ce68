import { companyScope } from '#database';
import { newId } from '#kernel';
import { CommissionsFixture, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, orderDecided } from '../../test/deliveries.js';

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

  it('shows the sweeper of a commission only whose it is and until when it is held', async () => {
    const bus = service.database.as('bus');
    const read = (columns: string) =>
      bus.transaction({ companies: [] }, (tx) => tx.query(`select ${columns} from commissions.commission`));
    expect(await read('company_id, state, held_until')).toHaveLength(1);
    await expect(read('amount')).rejects.toThrow(/permission denied/);
  });
});
