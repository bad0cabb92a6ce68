import { companyScope } from '#database';
import { CommissionsFixture, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, orderDecided, refunded } from '../../test/deliveries.js';
import { ReadStatements } from './read-statements.js';

describe('the closing of a statement', () => {
  let service: CommissionsFixture;
  let statements: ReadStatements;
  let tenant: Tenant;
  const partner = aPartner();

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-06-10T12:00:00Z');
    statements = new ReadStatements(service.database, service.clock);
    tenant = await service.tenant();
    await service.join(tenant, partner);
    await service.offer(tenant, { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 } });
    await service.deliver([order('early', '2026-06-10T10:00:00Z')]);
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  const order = (orderKey: string, placedAt: string) => orderDecided(tenant, { orderKey, partner, placedAt });
  const june = () => statements.ofCompany(tenant.companyId, partner.partnershipId, '2026-06');
  const earned = async () => (await june()).currencies.map((one) => one.earned);

  it('keeps a month open until what was posted in its last second must have been committed', async () => {
    service.clock.set('2026-06-30T21:59:59Z');
    await service.database.transaction(companyScope(tenant.companyId), async (tx) => {
      await service.handle(tx, [order('at midnight', '2026-06-30T21:00:00Z')]);
      // Just after local midnight somebody reads the month; the posting is not committed yet.
      service.clock.set('2026-06-30T22:00:01Z');
      expect(await june()).toMatchObject({ state: 'open', closesAt: new Date('2026-07-01T01:00:00Z') });
      expect(await earned()).toEqual([2000n]);
    });
    expect(await earned()).toEqual([4000n]);
    service.clock.set('2026-07-01T00:59:59.999Z');
    expect(await june()).toMatchObject({ state: 'open' });
    service.clock.set('2026-07-01T01:00:00.000Z');
    const closed = await june();
    expect(closed).toMatchObject({ state: 'closed', currencies: [{ earned: 4000n, reversed: 0n }] });
    // Orders of June that come late and refunds of them are in the month in which they were posted.
    await service.deliver(
      [order('late', '2026-06-20T10:00:00Z')],
      [refunded(tenant, 'at midnight', { kind: 'snapshot', refundedTotal: 10_000 })],
    );
    expect(await june()).toEqual(closed);
    const july = await statements.ofCompany(tenant.companyId, partner.partnershipId, '2026-07');
    expect(july).toMatchObject({ state: 'open', currencies: [{ earned: 2000n, reversed: 2000n }] });
    expect(july.currencies[0]?.opening).toEqual(closed.currencies[0]?.closing);
  });

  it('closes no month before its boundary is settled, east and west of UTC', async () => {
    const closesAt = async (timeZone: string) => {
      await service.admin.query(
        `update approvals.program_settings set time_zone = $2 where company_id = $1`,
        [tenant.companyId, timeZone],
      );
      const { endsAt, closesAt: at } = await june();
      return [endsAt.toISOString(), at.toISOString()];
    };
    expect(await closesAt('Asia/Tokyo')).toEqual(['2026-06-30T15:00:00.000Z', '2026-07-01T01:00:00.000Z']);
    expect(await closesAt('America/New_York')).toEqual([
      '2026-07-01T04:00:00.000Z',
      '2026-07-01T05:00:00.000Z',
    ]);
    await closesAt('Europe/Berlin');
  });

  it('commits no posting after ten minutes, so none can come into a closed month', async () => {
    const limit = () =>
      service.admin.query('select extract(epoch from commissions.longest_posting())::int as s');
    expect((await limit()).rows).toEqual([{ s: 600 }]);
    const setLimit = (interval: string) =>
      service.admin.query(
        `create or replace function commissions.longest_posting() returns interval language sql immutable
           return interval '${interval}'`,
      );
    await setLimit('0 seconds');
    const tooLate = service.batch([order('too late', '2026-07-01T00:00:00Z')]);
    await expect(tooLate).rejects.toThrow('must commit within');
    await setLimit('10 minutes');
    await service.deliver([order('too late', '2026-07-01T00:00:00Z')]);
    const keys = (await service.commissions(tenant)).map((one) => one.subject_key);
    expect(keys.filter((key) => key === 'too late')).toHaveLength(1);
  });
});
