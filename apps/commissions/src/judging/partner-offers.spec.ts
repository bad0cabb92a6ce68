import type { Id } from '#kernel';
import { parseOfferRule } from '#rules';
import { CommissionsFixture, ONCE, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, orderDecided, refunded } from '../../test/deliveries.js';

const percent = (basisPoints: number) => ({ kind: 'percent', basisPoints });

describe('what one partner has of their own', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const [partner, rival] = [aPartner(), aPartner()];

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
  });

  beforeEach(async () => {
    service.clock.set('2026-05-20T12:00:00Z');
    tenant = await service.tenant();
    await service.join(tenant, partner);
    await service.join(tenant, rival);
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  const order = (orderKey: string, placedAt: string, of = partner) =>
    orderDecided(tenant, { orderKey, partner: of, placedAt });
  const earned = async () =>
    Object.fromEntries((await service.commissions(tenant)).map((row) => [row.subject_key, row.amount]));
  const override = (offerId: Id<'Offer'>, reward: unknown, effectiveFrom: string | null = null) =>
    service.overrideReward.execute(
      tenant.principal,
      offerId,
      {
        partnershipId: partner.partnershipId,
        reward,
        effectiveFrom: effectiveFrom === null ? null : new Date(effectiveFrom),
      },
      ONCE,
    );
  const stack = (policy: 'all' | 'best', effectiveFrom: string) =>
    service.setStacking.execute(
      tenant.principal,
      tenant.programId,
      { policy, effectiveFrom: new Date(effectiveFrom) },
      ONCE,
    );

  it('an override pays that partner alone, from its time on and until it ends', async () => {
    const offerId = await service.offer(tenant, { trigger: 'sale', reward: percent(1000) });
    await override(offerId, percent(3000), '2026-06-01T00:00:00Z');
    await override(offerId, null, '2026-07-01T00:00:00Z');
    service.clock.set('2026-07-10T00:00:00Z');
    await service.deliver([
      order('before', '2026-05-31T23:59:59.999Z'),
      order('from', '2026-06-01T00:00:00Z'),
      order('rival', '2026-06-01T00:00:00Z', rival),
      order('ended', '2026-07-01T00:00:00Z'),
    ]);
    expect(await earned()).toEqual({ before: 1000, from: 3000, rival: 1000, ended: 1000 });
  });

  it('an offer for partnerships or groups pays only these', async () => {
    const rule = { trigger: 'sale', reward: percent(1000) };
    const audience = { kind: 'partnerships' as const, partnershipIds: [partner.partnershipId] };
    await service.createOffer.execute(
      tenant.principal,
      {
        programId: tenant.programId,
        name: 'For one',
        rule: { ...parseOfferRule(rule), audience },
        effectiveFrom: new Date('2026-01-01T00:00:00Z'),
      },
      ONCE,
    );
    await service.deliver([
      order('mine', '2026-05-10T00:00:00Z'),
      order('theirs', '2026-05-10T00:00:00Z', rival),
    ]);
    expect(await earned()).toEqual({ mine: 1000 });
  });

  it('the best offer alone pays where the program says so, whatever is refunded later', async () => {
    await stack('best', '2026-05-21T00:00:00Z');
    await service.offer(tenant, { trigger: 'sale', reward: percent(1000) });
    await service.offer(tenant, { trigger: 'sale', reward: { kind: 'flat', amount: 900, currency: 'EUR' } });
    service.clock.set('2026-05-23T00:00:00Z');
    await service.deliver([order('all', '2026-05-20T23:59:59.999Z'), order('best', '2026-05-21T00:00:00Z')]);
    await service.deliver([refunded(tenant, 'best', { kind: 'snapshot', refundedTotal: 5_000 })]);
    const rows = (await service.commissions(tenant)).map((row) => [row.subject_key, row.held]);
    expect(rows).toEqual([
      ['all', 1000],
      ['all', 900],
      ['best', 500],
    ]);
  });

  it('refuses an override in the past, before a later one, or of a partner of another program', async () => {
    const offerId = await service.offer(tenant, { trigger: 'sale', reward: percent(1000) });
    await expect(override(offerId, percent(1), '2026-05-20T11:59:59.999Z')).rejects.toMatchObject({
      errors: [{ field: 'effectiveFrom', message: expect.stringContaining('must not be in the past') }],
    });
    await override(offerId, percent(1), '2026-06-01T00:00:00Z');
    await expect(override(offerId, percent(2), '2026-06-01T00:00:00Z')).rejects.toMatchObject({
      code: 'override.too_early',
    });
    const other = await service.tenant();
    const otherOffer = await service.offer(other, { trigger: 'sale', reward: percent(1000) });
    await expect(override(otherOffer, percent(1))).rejects.toMatchObject({ code: 'not_found' });
  });
});
