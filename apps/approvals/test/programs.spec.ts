import { MikroORM } from '@mikro-orm/postgresql';
import { companyScope, Database } from '#database';
import { type Id, parseId } from '#kernel';
import { addCompany, asAdmin, asCompany, FixedClock, startTestApp, type TestApp } from '#testing';
import { APPROVALS } from '../src/service.js';

describe('programs', () => {
  const clock = new FixedClock('2026-05-01T12:00:00.000Z');
  let app: TestApp;
  let company: Id<'Company'>;
  let other: Id<'Company'>;

  beforeAll(async () => {
    app = await startTestApp([APPROVALS], { clock });
    company = await addCompany(app.database, 'Lighthouse GmbH');
    other = await addCompany(app.database, 'Harbour Ltd');
  });

  afterAll(() => app.close());

  const create = (body: object, owner = company) => app.call('POST', '/v1/programs', asCompany(owner), body);
  const change = (id: string, body: object, owner = company) =>
    app.call('PATCH', `/v1/programs/${id}`, asCompany(owner), body);

  it('starts with a window of 90 days, UTC and links enabled', async () => {
    expect(await create({ name: 'Referrals', slug: 'referrals' })).toMatchObject({
      status: 201,
      body: {
        name: 'Referrals',
        slug: 'referrals',
        attributionWindowDays: 90,
        timeZone: 'UTC',
        linksEnabled: true,
        effectiveFrom: '2026-05-01T12:00:00.000Z',
      },
    });
  });

  it('keeps a slug unique in a company, not across companies', async () => {
    expect(await create({ name: 'A', slug: 'same' })).toMatchObject({ status: 201 });
    expect(await create({ name: 'B', slug: 'same' })).toMatchObject({
      status: 409,
      body: { code: 'program.slug_taken' },
    });
    expect(await create({ name: 'C', slug: 'same' }, other)).toMatchObject({ status: 201 });
  });

  it('adds settings from now on and leaves those of before as they were', async () => {
    const { body: program } = await create({ name: 'Dated', slug: 'dated' });
    clock.set('2026-06-01T12:00:00.000Z');
    const changed = await change(program.id, { attributionWindowDays: 30, timeZone: 'Europe/Berlin' });
    expect(changed.body).toMatchObject({
      attributionWindowDays: 30,
      timeZone: 'Europe/Berlin',
      effectiveFrom: '2026-06-01T12:00:00.000Z',
    });
    await change(program.id, { attributionWindowDays: 31 });
    await change(program.id, { attributionWindowDays: 31, name: 'Renamed' });
    const attribution = new Database(app.app.get(MikroORM), 'attribution');
    const rows = await attribution.transaction(companyScope(company), (tx) =>
      tx.query(
        `select window_days, time_zone from approvals.published_program_settings where program_id = $1
          order by effective_from`,
        [parseId('Program', program.id)],
      ),
    );
    expect(rows).toEqual([
      { window_days: 90, time_zone: 'UTC' },
      { window_days: 30, time_zone: 'Europe/Berlin' },
      { window_days: 31, time_zone: 'Europe/Berlin' },
    ]);
    const read = await app.call('GET', `/v1/programs/${program.id}`, asCompany(company));
    expect(read.body).toMatchObject({ name: 'Renamed', attributionWindowDays: 31 });
  });

  it.each([
    ['a window of no day', { attributionWindowDays: 0 }],
    ['a window of more than a year', { attributionWindowDays: 366 }],
    ['a broken day', { attributionWindowDays: 1.5 }],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }],
    ['an offset instead of a zone', { timeZone: '+02:00' }],
    ['a slug with spaces', { slug: 'my program' }],
    ['a slug of 61 characters', { slug: 's'.repeat(61) }],
    ['a blank name', { name: ' ' }],
    ['a name of 121 characters', { name: 'n'.repeat(121) }],
    ['a null setting', { linksEnabled: null }],
    ['an unknown field', { windowDays: 30 }],
  ])('refuses %s by field', async (_what, wrong) => {
    const answer = await create({ name: 'Wrong', slug: 'wrong', ...wrong });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: Object.keys(wrong)[0] }] } });
  });

  it.each([1, 365])('accepts a window of %i days', async (attributionWindowDays) => {
    const answer = await create({
      name: 'n'.repeat(120),
      slug: `w-${attributionWindowDays}`,
      attributionWindowDays,
    });
    expect(answer).toMatchObject({ status: 201, body: { attributionWindowDays } });
  });

  it('B-01 shows and changes a company its own programs only', async () => {
    const { body: theirs } = await create({ name: 'Theirs', slug: 'theirs' }, other);
    expect(await app.call('GET', `/v1/programs/${theirs.id}`, asCompany(company))).toMatchObject({
      status: 404,
    });
    expect(await change(theirs.id, { name: 'Mine' })).toMatchObject({ status: 404 });
    const { body: page } = await app.call('GET', '/v1/programs', asCompany(company));
    expect(page.data.map(({ id }: { id: string }) => id)).not.toContain(theirs.id);
  });

  it('numbers terms one after the other and never changes one', async () => {
    const { body: program } = await create({ name: 'Terms', slug: 'terms' });
    const path = `/v1/programs/${program.id}/terms`;
    const publish = (text: string) => app.call('POST', path, asCompany(company), { text });
    const versions = await Promise.all(['one', 'two', 'three'].map(publish));
    expect(new Set(versions.map(({ body }) => body.version))).toEqual(new Set([1, 2, 3]));
    const first = await app.call('GET', `${path}?limit=2`, asCompany(company));
    const second = await app.call(
      'GET',
      `${path}?limit=2&cursor=${first.body.nextCursor}`,
      asCompany(company),
    );
    expect([...first.body.data, ...second.body.data].map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(second.body.nextCursor).toBeNull();
    expect(await publish('')).toMatchObject({ status: 422 });
    expect(await publish('t'.repeat(100_001))).toMatchObject({ status: 422 });
    expect(await publish('t'.repeat(100_000))).toMatchObject({ status: 201 });
    const rewrite = asAdmin(
      app.database,
      `set role fairlead_approvals; update approvals.terms set text = 'rewritten'`,
    );
    await expect(rewrite).rejects.toThrow(/permission denied/);
  });

  it('asks for the scope of the route', async () => {
    const headers = asCompany(company, ['programs:read']);
    expect(await app.call('POST', '/v1/programs', headers, { name: 'A', slug: 'a' })).toMatchObject({
      status: 403,
      body: { code: 'scope_missing' },
    });
  });
});
