import { Publisher } from '#bus';
import { companyScope } from '#database';
import { newId, publicId } from '#kernel';
import { asCompany, asPartner, eventually, FixedClock, startTestApp, type TestApp } from '#testing';
import { COMMISSIONS } from '../src/service.js';
import { type AnyDelivery, CommissionsFixture, type Tenant } from './commissions-fixture.js';
import { aPartner, orderDecided } from './deliveries.js';

describe('rulings over HTTP', () => {
  let service: CommissionsFixture;
  let app: TestApp;
  let tenant: Tenant;
  let company: Record<string, string>;
  const [partner, rival] = [aPartner(), aPartner()];

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
    app = await startTestApp([COMMISSIONS], {
      clock: new FixedClock('2026-05-20T12:00:00Z'),
      database: service.server,
    });
  });

  beforeEach(async () => {
    tenant = await service.tenant();
    company = asCompany(tenant.companyId);
    await service.join(tenant, partner);
    await service.join(tenant, rival);
    await service.offer(tenant, {
      trigger: 'sale',
      reward: { kind: 'percent', basisPoints: 2000 },
      review: 'manual',
    });
  });

  afterEach(() => service.verify());

  afterAll(async () => {
    await app.close();
    await service.close();
  });

  const post = (path: string, body: object, headers = company) =>
    app.call('POST', `/v1/${path}`, headers, body);
  const get = (path: string, headers = company) => app.call('GET', `/v1/${path}`, headers);
  const partnerGet = (path: string, who = partner) =>
    get(`partner/programs/${publicId('Program', tenant.programId)}/${path}`, asPartner(who.partnerId));

  /** Publishes orders on the real bus and waits until all are in review. */
  async function orders(...deliveries: AnyDelivery[]): Promise<{ id: string }[]> {
    await service.database.transaction(companyScope(tenant.companyId), (tx) =>
      app.app.get(Publisher).publish(tx, deliveries),
    );
    return eventually(async () => {
      const { body } = await get('commissions/review-queue');
      return body.data.length === deliveries.length && body.data;
    });
  }
  const order = (orderKey: string) => orderDecided(tenant, { orderKey, partner });

  it('A-22 A-23 lists what waits for a review, oldest first, until it is ruled on', async () => {
    const queue = await orders(order('o1'), order('o2'), order('o3'));
    expect(queue.map(({ id }) => id)).toEqual(queue.map(({ id }) => id).toSorted());
    const first = await get('commissions/review-queue?limit=2');
    const second = await get(`commissions/review-queue?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.data, ...second.body.data]).toEqual(queue);
    expect(queue[0]).toMatchObject({
      state: 'in_review',
      ruling: null,
      reason: {
        code: 'AWAITING_APPROVAL',
        sentence:
          '1 order of 12 May 2026 comes to 20.00 EUR. The company looks at it first: once approved it is yours.',
      },
    });
    const ids = queue.map(({ id }) => id);
    const { status, body } = await post('commissions/approve', { commissionIds: ids });
    expect(status).toBe(200);
    expect(body.results).toEqual(
      ids.map((commissionId) => ({ commissionId, state: 'approved', reversalReason: null, problem: null })),
    );
    expect((await get('commissions/review-queue')).body).toEqual({ data: [], nextCursor: null });
  });

  it('A-23 B-47 shows the partner a declined commission with the reason and the words of the company', async () => {
    const [{ id: commissionId } = { id: '' }] = await orders(order('o1'));
    await post('commissions/decline', { commissionIds: [commissionId], reason: 'OTHER', note: 'Own order.' });
    const { body } = await partnerGet(`commissions/${commissionId}`);
    const ruling = {
      kind: 'declined',
      extent: null,
      reason: 'OTHER',
      note: 'Own order.',
      ruledAt: '2026-05-20T12:00:00.000Z',
    };
    expect(body).toMatchObject({
      state: 'declined',
      reason: {
        code: 'OTHER',
        sentence:
          '1 order of 12 May 2026 earns you nothing: the company declined it, because of a reason that the company gives in words. The company says: Own order.',
      },
      ruling,
      rulings: [ruling],
      evaluations: [{ outcome: 'in_review' }, { outcome: 'declined', target: { amount: 0 } }],
      postingGroups: [],
    });
    expect(body.rulings[0]).not.toHaveProperty('actor');
    const detail = await get(`commissions/${commissionId}`);
    expect(detail.body.rulings).toEqual([{ ...ruling, actor: expect.stringMatching(/^company:key_/) }]);
    expect((await partnerGet(`commissions/${commissionId}`, rival)).status).toBe(404);
  });

  it('B-41 deletes an order, and says who lost what by it', async () => {
    const [{ id: commissionId } = { id: '' }] = await orders(order('o1'));
    await post('commissions/approve', { commissionIds: [commissionId] });
    const deleted = await post('orders/delete', { orderKey: 'o1', reason: 'TEST' });
    expect(deleted).toMatchObject({ status: 200, body: { orderKey: 'o1', reason: 'TEST', note: null } });
    expect((await partnerGet(`commissions/${commissionId}`)).body).toMatchObject({
      state: 'reversed',
      amount: { amount: 0 },
      reason: {
        code: 'TEST',
        sentence:
          '1 order of 12 May 2026 earns you nothing: the company deleted the order, because it was a test of the company.',
      },
      rulings: [{ kind: 'approved' }, { kind: 'deleted', extent: 'subject', reason: 'TEST' }],
      postingGroups: [{ reason: 'EARNED' }, { reason: 'TEST' }],
    });
    expect((await post('orders/delete', { orderKey: 'o1', reason: 'TEST' })).status).toBe(409);
  });

  it('gives and takes amounts by hand, and shows them like other commissions', async () => {
    const partnershipId = publicId('Partnership', partner.partnershipId);
    const { status, body } = await post('commissions/adjustments', {
      partnershipId,
      amount: { amount: -500, currency: 'eur' },
      reason: 'Paid twice in April',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      offer: null,
      subject: { kind: 'adjustment', key: null, customerId: null },
      amount: { amount: -500, currency: 'EUR' },
      reason: { code: 'ADJUSTED', sentence: 'The company took 5.00 EUR. It says: Paid twice in April' },
    });
    expect((await partnerGet(`commissions/${body.id}`)).body.evaluations).toMatchObject([
      { outcome: 'earned', offerVersion: null, target: { amount: -500 } },
    ]);
    expect((await partnerGet('commissions', rival)).body.data).toEqual([]);
    expect((await get('evaluations')).body.data).toEqual([]);
  });

  it('says field by field what would be right', async () => {
    const errorsOf = async (path: string, body: object) => (await post(path, body)).body.errors;
    const commissionIds = ['com_01h455vb4pex5vsknk084sn02q'];
    expect(await errorsOf('commissions/decline', { commissionIds, reason: 'OTHER' })).toEqual([
      { field: 'note', message: 'is missing' },
    ]);
    expect(await errorsOf('commissions/decline', { commissionIds, reason: 'OTHER', note: ' ' })).toEqual([
      { field: 'note', message: 'must say why' },
    ]);
    expect(await errorsOf('commissions/delete', { commissionIds, reason: 'BORED' })).toMatchObject([
      { field: 'reason', message: expect.stringContaining('REFUNDED') },
    ]);
    expect(
      await errorsOf('commissions/approve', { commissionIds: ['psh_01h455vb4pex5vsknk084sn02q'] }),
    ).toEqual([{ field: 'commissionIds.0', message: 'must be an id that starts with "com_"' }]);
    const adjustment = { partnershipId: publicId('Partnership', partner.partnershipId), reason: 'x' };
    const zero = { ...adjustment, amount: { amount: 0, currency: 'EUR' } };
    expect(await errorsOf('commissions/adjustments', zero)).toEqual([
      { field: 'amount.amount', message: 'must not be 0' },
    ]);
    const unknown = { ...adjustment, amount: { amount: 1, currency: 'EUX' } };
    expect(await errorsOf('commissions/adjustments', unknown)).toMatchObject([{ field: 'amount.currency' }]);
  });

  it.each([
    [1, 200],
    [100, 200],
    [0, 422],
    [101, 422],
  ])('of %i ids it is answered %i', async (count, status) => {
    const commissionIds = Array.from({ length: count }, () => publicId('Commission', newId('Commission')));
    expect((await post('commissions/approve', { commissionIds })).status).toBe(status);
  });

  it('needs the scope commissions:write, and never touches what is another company’s', async () => {
    const [{ id: commissionId } = { id: '' }] = await orders(order('o1'));
    const reader = asCompany(tenant.companyId, ['reports:read']);
    expect((await post('commissions/approve', { commissionIds: [commissionId] }, reader)).status).toBe(403);
    const stranger = asCompany((await service.tenant()).companyId);
    const { body } = await post('commissions/approve', { commissionIds: [commissionId] }, stranger);
    expect(body.results).toMatchObject([{ commissionId, state: null, problem: { code: 'not_found' } }]);
    expect((await post('orders/delete', { orderKey: 'o1', reason: 'TEST' }, stranger)).status).toBe(404);
    expect((await get(`commissions/${commissionId}`, stranger)).status).toBe(404);
    expect((await get('commissions/review-queue', stranger)).body.data).toEqual([]);
    expect((await get(`commissions/${commissionId}`)).body.state).toBe('in_review');
  });

  it('gives the first answer to a request that is sent again', async () => {
    const partnershipId = publicId('Partnership', partner.partnershipId);
    const body = { partnershipId, amount: { amount: 700, currency: 'EUR' }, reason: 'Bonus' };
    const headers = { ...company, 'idempotency-key': 'bonus-1' };
    const [first, again] = [
      await post('commissions/adjustments', body, headers),
      await post('commissions/adjustments', body, headers),
    ];
    expect(again.body).toEqual(first.body);
    expect(await service.commissions(tenant)).toHaveLength(1);
  });
});
