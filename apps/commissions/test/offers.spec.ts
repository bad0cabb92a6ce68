import { newId, publicId } from '#kernel';
import { asCompany, asPartner, FixedClock, startTestApp, type TestApp } from '#testing';
import { COMMISSIONS } from '../src/service.js';
import { CommissionsFixture, type Tenant } from './commissions-fixture.js';
import { aPartner } from './deliveries.js';

const percent = (basisPoints: number) => ({ kind: 'percent', basisPoints });

describe('offers over HTTP', () => {
  let service: CommissionsFixture;
  let app: TestApp;
  let tenant: Tenant;
  let stranger: Tenant;
  let company: Record<string, string>;
  const clock = new FixedClock('2026-05-20T12:00:00Z');
  const [partner, rival] = [aPartner(), aPartner()];

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
    app = await startTestApp([COMMISSIONS], { clock, database: service.server });
  });

  beforeEach(async () => {
    clock.set('2026-05-20T12:00:00Z');
    [tenant, stranger] = [await service.tenant(), await service.tenant()];
    company = asCompany(tenant.companyId);
    await service.join(tenant, partner);
    await service.join(tenant, rival);
  });

  afterAll(async () => {
    await app.close();
    await service.close();
  });

  const program = () => publicId('Program', tenant.programId);
  const partnershipId = publicId('Partnership', partner.partnershipId);
  const post = (path: string, body: object, as = company) => app.call('POST', `/v1/${path}`, as, body);
  const createOffer = (rule: object, name = 'An offer', more: object = {}) =>
    post(`programs/${program()}/offers`, { name, rule: { trigger: 'sale', ...rule }, ...more });
  const offersOf = async (who = partner) =>
    (await app.call('GET', `/v1/partner/programs/${program()}/offers`, asPartner(who.partnerId))).body;

  /** Puts the partner into a group of the program, as approvals would. */
  async function joinGroup(from: string): Promise<string> {
    const groupId = newId('Group');
    await service.admin.query(
      `insert into approvals.program_group (company_id, group_id, program_id, name, is_default, created_at)
       values ($1, $2, $3, 'Gold', false, now())`,
      [tenant.companyId, groupId, tenant.programId],
    );
    await service.admin.query(
      `insert into approvals.partnership_group
         (company_id, partnership_id, effective_from, program_id, group_id, actor)
       values ($1, $2, $3, $4, $5, 'test')`,
      [tenant.companyId, partner.partnershipId, from, tenant.programId, groupId],
    );
    return publicId('Group', groupId);
  }

  describe('what a company cannot publish', () => {
    it('an end before the start', async () => {
      const { status, body } = await createOffer(
        { reward: percent(1000), endsAt: '2026-06-01T00:00:00Z' },
        'Short',
        { effectiveFrom: '2026-06-01T00:00:00Z' },
      );
      expect(status).toBe(422);
      expect(body).toMatchObject({
        code: 'offer_rule.invalid',
        errors: [
          {
            field: 'rule.endsAt',
            message: 'must be after 2026-06-01T00:00:00.000Z, when the rule takes effect',
          },
        ],
      });
    });

    it('B-01 groups and partners of another program or company, at creation and at revision', async () => {
      const foreign = aPartner();
      await service.join(stranger, foreign);
      const partnershipIds = [partnershipId, publicId('Partnership', foreign.partnershipId)];
      const forPartners = { reward: percent(1000), audience: { kind: 'partnerships', partnershipIds } };
      const forGroups = {
        reward: percent(1000),
        audience: { kind: 'groups', groupIds: [publicId('Group', newId('Group'))] },
      };
      const message = "must be a partnership of the offer's program";
      expect((await createOffer(forPartners)).body.errors).toEqual([
        { field: 'rule.audience.partnershipIds.1', message },
      ]);
      const offer = await createOffer({ reward: percent(1000) });
      clock.advance(1);
      const revised = await post(`offers/${offer.body.id}/versions`, {
        rule: { trigger: 'sale', ...forGroups },
      });
      expect(revised.body.errors).toEqual([
        { field: 'rule.audience.groupIds.0', message: "must be a group of the offer's program" },
      ]);
    });
  });

  describe('what a partner sees', () => {
    it('B-33 only the offers for them, with their own reward in the text', async () => {
      const groupId = await joinGroup('2026-05-01T00:00:00Z');
      await createOffer({ reward: percent(1000), audience: { kind: 'groups', groupIds: [groupId] } }, 'Gold');
      const { body: offer } = await createOffer({ reward: percent(1000) }, 'For all');
      await createOffer({ reward: percent(1000), endsAt: '2026-05-20T12:00:00.001Z' }, 'Ending');
      await post(`offers/${offer.id}/overrides`, { partnershipId, reward: percent(3000) });
      clock.advance(1);
      const names = ({ data }: { data: { name: string }[] }) => data.map(({ name }) => name).toSorted();
      expect(names(await offersOf(rival))).toEqual(['For all']);
      const own = await offersOf();
      expect(names(own)).toEqual(['For all', 'Gold']);
      expect(own.data.find(({ id }: { id: string }) => id === offer.id)).toMatchObject({
        reward: 'own',
        text: expect.stringContaining('Earn 30%'),
      });
    });

    it('B-34 whether offers add up', async () => {
      expect((await offersOf()).stacking.policy).toBe('all');
      await post(`programs/${program()}/stacking`, { policy: 'best' });
      expect((await offersOf()).stacking).toMatchObject({
        policy: 'best',
        text: expect.stringContaining('only the one that pays most does'),
      });
    });
  });

  describe('rewards of single partners', () => {
    it('are listed newest first, page by page', async () => {
      const { body: offer } = await createOffer({ reward: percent(1000) });
      for (const [index, reward] of [percent(2000), percent(3000), null].entries()) {
        const effectiveFrom = `2026-06-0${index + 1}T00:00:00Z`;
        const created = await post(`offers/${offer.id}/overrides`, { partnershipId, reward, effectiveFrom });
        expect(created.status).toBe(201);
      }
      const first = await app.call('GET', `/v1/offers/${offer.id}/overrides?limit=2`, company);
      expect(first.body.data).toMatchObject([
        { partnershipId, reward: null, effectiveFrom: '2026-06-03T00:00:00.000Z' },
        { reward: { kind: 'percent', basisPoints: 3000, base: 'gross' } },
      ]);
      const next = await app.call(
        'GET',
        `/v1/offers/${offer.id}/overrides?limit=2&cursor=${first.body.nextCursor}`,
        company,
      );
      expect(next.body).toMatchObject({ data: [{ reward: { basisPoints: 2000 } }], nextCursor: null });
    });

    it.each([
      [{ partnershipId, reward: percent(10_001) }, 'reward.basisPoints'],
      [{ partnershipId, reward: percent(1), effectiveFrom: '2026-05-20T11:59:59Z' }, 'effectiveFrom'],
      [{ partnershipId: publicId('Partnership', newId('Partnership')), reward: percent(1) }, 'partnershipId'],
      [{ partnershipId }, 'reward'],
    ])('%j is refused at %s', async (body, field) => {
      const { body: offer } = await createOffer({ reward: percent(1000) });
      const refused = await post(`offers/${offer.id}/overrides`, body);
      expect(refused.status).toBe(422);
      expect(refused.body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
    });
  });

  it('B-01 hides rewards and stacking from another company', async () => {
    const { body: offer } = await createOffer({ reward: percent(1000) });
    const other = asCompany(stranger.companyId);
    const override = { partnershipId, reward: percent(1) };
    expect((await app.call('GET', `/v1/offers/${offer.id}/overrides`, other)).status).toBe(404);
    expect((await post(`offers/${offer.id}/overrides`, override, other)).status).toBe(404);
    expect((await app.call('GET', `/v1/programs/${program()}/stacking`, other)).status).toBe(404);
    expect((await post(`programs/${program()}/stacking`, { policy: 'best' }, other)).status).toBe(404);
  });

  it('stacking changes from a time on, never in the past', async () => {
    const path = `programs/${program()}/stacking`;
    const later = await post(path, { policy: 'best', effectiveFrom: '2026-06-01T00:00:00Z' });
    expect(later).toMatchObject({ status: 201, body: { current: 'all' } });
    for (const effectiveFrom of ['2026-05-20T11:59:59Z', '2026-06-01T00:00:00Z']) {
      const refused = await post(path, { policy: 'all', effectiveFrom });
      expect(refused).toMatchObject({ status: 422, body: { code: 'stacking.too_early' } });
    }
    clock.set('2026-06-01T00:00:00Z');
    const { body } = await app.call('GET', `/v1/${path}`, company);
    expect(body).toEqual({
      current: 'best',
      settings: [{ policy: 'best', effectiveFrom: '2026-06-01T00:00:00.000Z' }],
    });
  });
});
