import { asCompany, asPartner, startTestApp, type TestApp, type TestMembership } from '#testing';
import { companyScope, Database } from '#database';
import { type Id, newId, publicId } from '#kernel';
import { TRACKING } from '../src/service.js';
import { type ClicksFixture, createClicksFixture } from './clicks-fixture.js';

const MAY = '2026-05-01T00:00:00.000Z';
const JUNE = '2026-06-01T00:00:00.000Z';

describe('discount codes', () => {
  let world: ClicksFixture;
  let app: TestApp;

  beforeAll(async () => {
    world = await createClicksFixture();
    app = await startTestApp([TRACKING], { database: world.server });
  });

  afterAll(async () => {
    await app.close();
    await world.close();
  });

  const idOf = ({ partnershipId }: TestMembership) => publicId('Partnership', partnershipId);
  const post = (companyId: Id<'Company'>, path: string, body: object) =>
    app.call('POST', `/v1/codes${path}`, asCompany(companyId), body);
  const create = (of: TestMembership, code: string, change: object = {}) =>
    post(of.companyId, '', { code, partnershipId: idOf(of), ...change });
  const list = (companyId: Id<'Company'>, query = '') =>
    app.call('GET', `/v1/codes${query}`, asCompany(companyId));
  const codesOf = ({ programId, partnerId }: TestMembership, query = '') =>
    app.call(
      'GET',
      `/v1/partner/programs/${publicId('Program', programId)}/codes${query}`,
      asPartner(partnerId),
    );
  /** What attribution reads, in its own role. */
  const published = async ({ companyId }: TestMembership) => {
    const attribution = app.app.get(Database, { strict: false }).as('attribution');
    const rows = await attribution.transaction(companyScope(companyId), (tx) =>
      tx.query<{
        code: string;
        partnership_id: string;
        effective_from: string;
        effective_until: string | null;
      }>(
        `select code, partnership_id, effective_from, effective_until from tracking.published_code
         where company_id = $1 order by code, effective_from`,
        [companyId],
      ),
    );
    const timeOf = (text: string | null) => text && new Date(text).toISOString();
    return rows.map((row) => [
      row.code,
      row.partnership_id,
      timeOf(row.effective_from),
      timeOf(row.effective_until),
    ]);
  };

  it('A-17 gives a partner a code, which the partner sees and attribution looks up without case', async () => {
    const ada = await world.membership();
    const { status, body } = await create(ada, 'Ada-Ü10', { from: MAY, platformIds: ['promo_1Mg'] });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      code: 'Ada-Ü10',
      platformIds: ['promo_1Mg'],
      assignments: [
        { partnershipId: idOf(ada), programId: publicId('Program', ada.programId), from: MAY, until: null },
      ],
    });
    expect((await codesOf(ada)).body.data).toEqual([{ code: 'Ada-Ü10', from: MAY, until: null }]);
    expect(await published(ada)).toEqual([
      ['ada-ü10', ada.partnershipId, MAY, null],
      ['promo_1mg', ada.partnershipId, MAY, null],
    ]);
    expect((await app.call('GET', `/v1/codes/${body.id}`, asCompany(ada.companyId))).body).toEqual(body);
  });

  it('A-17 lets partners hear of the codes they get and of those they lose, once', async () => {
    const ada = await world.membership();
    const grace = await world.membership({ of: ada.companyId });
    const once = { ...asCompany(ada.companyId), 'idempotency-key': 'hear' };
    const body = { code: 'HEAR', partnershipId: idOf(ada), from: MAY };
    const { body: code } = await app.call('POST', '/v1/codes', once, body);
    await app.call('POST', '/v1/codes', once, body);
    const assign = (to: TestMembership, from: string) =>
      post(ada.companyId, `/${code.id}/assign`, { partnershipId: idOf(to), from });
    await assign(ada, JUNE);
    await assign(grace, '2026-07-01T00:00:00.000Z');
    await post(ada.companyId, `/${code.id}/retire`, { from: '2026-08-01T00:00:00.000Z' });
    await assign(ada, '2026-09-01T00:00:00.000Z');
    const { rows } = await world.admin.query<{ told: string }>(
      `select concat_ws(' ', type, data ->> 'partnerId', data ->> 'code',
         coalesce(data ->> 'from', data ->> 'until')) as told
       from bus.event where company_id = $1 order by coalesce(data ->> 'from', data ->> 'until'), type desc`,
      [ada.companyId],
    );
    expect(rows.map(({ told }) => told)).toEqual([
      `code.assigned ${ada.partnerId} HEAR ${MAY}`,
      `code.assigned ${ada.partnerId} HEAR ${JUNE}`,
      `code.ended ${ada.partnerId} HEAR 2026-07-01T00:00:00.000Z`,
      `code.assigned ${grace.partnerId} HEAR 2026-07-01T00:00:00.000Z`,
      `code.ended ${grace.partnerId} HEAR 2026-08-01T00:00:00.000Z`,
      `code.assigned ${ada.partnerId} HEAR 2026-09-01T00:00:00.000Z`,
    ]);
  });

  it('refuses a text that another code of the company has in any case, and says whose', async () => {
    const ada = await world.membership();
    const { body: first } = await create(ada, 'SPRING', { platformIds: ['promo_spring'] });
    for (const [code, platformIds] of [
      ['spring', []],
      ['OTHER', ['SPRING']],
      ['PROMO_Spring', []],
    ] as const) {
      const { status, body } = await create(ada, code, { platformIds });
      expect([status, body.code]).toEqual([409, 'code.taken']);
      expect(body.detail).toContain(`/v1/codes/${first.id}/assign`);
    }
    const { body: codes } = await list(ada.companyId);
    expect(codes.data).toHaveLength(1);
    expect((await create(await world.membership(), 'SPRING')).status).toBe(201);
  });

  it('makes one code of the same text when two requests race for it', async () => {
    const ada = await world.membership();
    const answers = await Promise.all(['RACE', 'race', 'Race'].map((code) => create(ada, code)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  });

  it('keeps whose a code was when it moves to another partner, and when it is retired', async () => {
    const ada = await world.membership();
    const grace = await world.membership({ of: ada.companyId });
    const { body: code } = await create(ada, 'MOVES', { from: MAY });
    const moved = await post(ada.companyId, `/${code.id}/assign`, { partnershipId: idOf(grace), from: JUNE });
    expect(moved.status).toBe(200);
    expect(moved.body.assignments).toMatchObject([
      { partnershipId: idOf(ada), from: MAY, until: JUNE },
      { partnershipId: idOf(grace), from: JUNE, until: null },
    ]);
    const july = '2026-07-01T00:00:00.000Z';
    expect((await post(ada.companyId, `/${code.id}/retire`, { from: july })).status).toBe(200);
    expect(await published(ada)).toEqual([
      ['moves', ada.partnershipId, MAY, JUNE],
      ['moves', grace.partnershipId, JUNE, july],
    ]);
    expect((await codesOf(ada)).body.data).toEqual([{ code: 'MOVES', from: MAY, until: JUNE }]);
    expect((await codesOf(grace)).body.data).toEqual([{ code: 'MOVES', from: JUNE, until: july }]);
    const twice = await post(ada.companyId, `/${code.id}/retire`, {});
    expect([twice.status, twice.body.code]).toEqual([409, 'code.retired']);
    const august = '2026-08-01T00:00:00.000Z';
    const back = await post(ada.companyId, `/${code.id}/assign`, { partnershipId: idOf(ada), from: august });
    expect(back.body.assignments).toMatchObject([{}, { until: july }, { from: august, until: null }]);
  });

  it('has one owner at a time, however many changes race', async () => {
    const ada = await world.membership();
    const { body: code } = await create(ada, 'RACES', { from: MAY });
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((day) =>
        post(ada.companyId, `/${code.id}/assign`, {
          partnershipId: idOf(ada),
          from: `2026-06-0${7 - day}T00:00:00.000Z`,
        }),
      ),
    );
    const made = answers.filter(({ status }) => status === 200).length;
    const periods = await published(ada);
    expect(periods).toHaveLength(1 + made);
    expect(periods.slice(0, -1).map(([, , , until]) => until)).toEqual(
      periods.slice(1).map(([, , from]) => from),
    );
  });

  it("ends a partner's code with the membership", async () => {
    const ada = await world.membership();
    await create(ada, 'GONE', { from: MAY });
    await create(ada, 'LATER', { from: '2099-01-01T00:00:00.000Z' });
    await world.admin.query(
      `update approvals.partnership set state = 'left', ended_at = $2, end_reason = 'test' where partnership_id = $1`,
      [ada.partnershipId, JUNE],
    );
    expect((await codesOf(ada)).body.data).toEqual([{ code: 'GONE', from: MAY, until: JUNE }]);
  });

  it('refuses a change before the last one, and says from when it may be', async () => {
    const ada = await world.membership();
    const { body: code } = await create(ada, 'PAST', { from: MAY });
    for (const [path, change] of [
      ['assign', { partnershipId: idOf(ada) }],
      ['retire', {}],
    ] as const) {
      const { status, body } = await post(ada.companyId, `/${code.id}/${path}`, { ...change, from: MAY });
      expect([status, body.code, body.errors[0].field]).toEqual([422, 'code.before_last_change', 'from']);
      expect(body.errors[0].message).toContain(MAY);
    }
  });

  it.each(['pending', 'declined', 'left', 'removed'] as const)('refuses a %s partnership', async (state) => {
    const { status, body } = await create(await world.membership({ state }), 'NOTYET');
    expect([status, body.code, body.errors[0].field]).toEqual([
      422,
      'partnership.not_approved',
      'partnershipId',
    ]);
  });

  it('B-01 shows and changes nothing of another company, and shows a partner own codes only', async () => {
    const [ada, stranger] = [await world.membership(), await world.membership()];
    const grace = await world.membership({ of: ada.companyId });
    const { body: code } = await create(ada, 'MINE');
    expect((await list(stranger.companyId)).body.data).toEqual([]);
    expect((await app.call('GET', `/v1/codes/${code.id}`, asCompany(stranger.companyId))).status).toBe(404);
    expect((await post(stranger.companyId, `/${code.id}/retire`, {})).status).toBe(404);
    const assignment = { partnershipId: idOf(stranger) };
    expect((await post(stranger.companyId, `/${code.id}/assign`, assignment)).status).toBe(404);
    expect((await post(ada.companyId, `/${code.id}/assign`, assignment)).body.code).toBe(
      'partnership.not_approved',
    );
    expect((await codesOf(grace)).body.data).toEqual([]);
    expect((await codesOf({ ...ada, partnerId: newId('Partner') })).status).toBe(404);
    const database = app.app.get(Database, { strict: false }).as('tracking');
    const unfiltered = 'select 1 from tracking.code_assignment';
    expect(
      await database.transaction(companyScope(stranger.companyId), (tx) => tx.query(unfiltered)),
    ).toEqual([]);
    const asGrace = { companies: [ada.companyId], partnership: grace.partnershipId };
    expect(await database.transaction(asGrace, (tx) => tx.query(unfiltered))).toEqual([]);
  });

  it('lists codes page by page, by partner and by text', async () => {
    const ada = await world.membership();
    const grace = await world.membership({ of: ada.companyId });
    for (const code of ['P1', 'P2', 'P3']) await create(ada, code, { platformIds: [`promo_${code}`] });
    await create(grace, 'G1');
    const textsOf = ({ body }: { body: { data: { code: string }[] } }) => body.data.map(({ code }) => code);
    const first = await list(ada.companyId, '?limit=3');
    expect(textsOf(first)).toEqual(['G1', 'P3', 'P2']);
    expect(textsOf(await list(ada.companyId, `?cursor=${first.body.nextCursor}`))).toEqual(['P1']);
    expect(textsOf(await list(ada.companyId, `?partnershipId=${idOf(grace)}`))).toEqual(['G1']);
    for (const text of ['p2', 'PROMO_P2']) {
      expect(textsOf(await list(ada.companyId, `?code=${text}`))).toEqual(['P2']);
    }
    const page = await codesOf(ada, '?limit=2');
    expect(textsOf(page)).toEqual(['P3', 'P2']);
    expect(textsOf(await codesOf(ada, `?limit=2&cursor=${page.body.nextCursor}`))).toEqual(['P1']);
  });

  it('creates one code when the same request is sent twice', async () => {
    const ada = await world.membership();
    const headers = { ...asCompany(ada.companyId), 'idempotency-key': 'once' };
    const send = () => app.call('POST', '/v1/codes', headers, { code: 'ONCE', partnershipId: idOf(ada) });
    expect((await send()).body).toEqual((await send()).body);
  });

  it.each([
    ['code', { code: '' }],
    ['code', { code: 'TWO WORDS' }],
    ['code', { code: 'x'.repeat(101) }],
    ['code', { code: 'BELL\u0007' }],
    ['from', { from: '2026-05-01' }],
    ['from', { from: '2026-05-01T00:00:00' }],
    ['from', { from: '2026-W18-5T00:00:00Z' }],
    ['from', { from: '0000-01-01T00:00:00Z' }],
    ['platformIds.1', { platformIds: ['promo_1', 'promo 2'] }],
    ['platformIds', { platformIds: Array.from({ length: 11 }, (_, index) => `promo_${index}`) }],
    ['partnershipId', { partnershipId: 'prt_1' }],
  ])('refuses the %s of %j', async (field, change) => {
    const { status, body } = await create(await world.membership(), 'ANY', change);
    expect([status, body.errors[0].field]).toEqual([422, field]);
  });

  it.each([
    { code: 'x'.repeat(100) },
    { platformIds: Array.from({ length: 10 }, (_, index) => `promo_${index}`) },
  ])('takes %j', async (change) => {
    expect((await create(await world.membership(), 'ANY', change)).status).toBe(201);
  });
});
