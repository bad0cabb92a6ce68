import { newId } from '#kernel';
import { CommissionsFixture, type Tenant } from '../test/commissions-fixture.js';
import { aPartner, orderDecided } from '../test/deliveries.js';

describe('the check of whom the ledger owes', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const partner = aPartner();

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-12T12:00:00Z');
  });

  beforeEach(async () => {
    tenant = await service.tenant();
    await service.offer(tenant, { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 } });
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner })]);
  });

  // What a test breaks it leaves to nobody.
  afterEach(async () => {
    for (const table of ['posting', 'posting_group', 'commission']) {
      await service.admin.query(`delete from commissions.${table} where company_id = $1`, [tenant.companyId]);
    }
  });

  afterAll(() => service.close());

  const breakIt = (statement: string) => service.admin.query(statement, [tenant.companyId]);

  it('is content with what judging wrote', async () => {
    await expect(service.verify()).resolves.toBeUndefined();
  });

  it.each([
    ['nobody is credited', 'partnership_id = null, partner_id = null, program_id = null'],
    ['another partner is credited', `partnership_id = '${newId('Partnership')}'`],
    ['the order is deleted', `deleted_extent = 'subject', deletion_reason = 'TEST'`],
  ])('I3 finds a commission that is owed although %s', async (_, change) => {
    await breakIt(`update commissions.subject set ${change} where company_id = $1`);
    await expect(service.verify()).rejects.toThrow('I3.credited');
  });

  it('I4 finds postings of no commission', async () => {
    await breakIt(
      `update commissions.posting_group set commission_id = gen_random_uuid() where company_id = $1`,
    );
    await expect(service.verify()).rejects.toThrow('I4.whose');
  });

  it('I4 finds a debt in another currency than its commission, and one of another partner', async () => {
    await breakIt(`update commissions.posting set currency = 'USD' where company_id = $1`);
    await expect(service.verify()).rejects.toThrow('I4.whose');
    await breakIt(`update commissions.posting set currency = 'EUR', partnership_id = gen_random_uuid()
      where company_id = $1`);
    await expect(service.verify()).rejects.toThrow('I4.whose');
  });
});
