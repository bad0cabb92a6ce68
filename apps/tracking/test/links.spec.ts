import { asCompany, asPartner, startTestApp, type TestApp, type TestMembership } from '#testing';
import { type Id, newId, parseId, publicId } from '#kernel';
import { TRACKING } from '../src/service.js';
import { type ClicksFixture, createClicksFixture } from './clicks-fixture.js';

interface LinkJson {
  readonly id: string;
  readonly url: string;
  readonly slug: string;
  readonly destinationUrl: string;
}

describe('partner links', () => {
  let world: ClicksFixture;
  let app: TestApp;

  beforeAll(async () => {
    world = await createClicksFixture();
    app = await startTestApp([TRACKING], {
      database: world.server,
      config: { publicUrl: 'https://go.example' },
    });
  });

  afterAll(async () => {
    await app.close();
    await world.close();
  });

  const call = (
    { programId, partnerId }: { readonly programId: Id<'Program'>; readonly partnerId: Id<'Partner'> },
    path = '',
    init: { readonly body?: object; readonly headers?: Readonly<Record<string, string>> } = {},
  ) =>
    fetch(`${app.url}/v1/partner/programs/${publicId('Program', programId)}/links${path}`, {
      ...(init.body ? { method: 'POST', body: JSON.stringify(init.body) } : {}),
      headers: {
        ...asPartner(partnerId),
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...init.headers,
      },
    });
  const create = (of: TestMembership, body: object, headers = {}) => call(of, '', { body, headers });
  const json = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T;
  const destinationUrl = 'https://shop.example/a?b=c#d';

  it('A-09 creates a link that shows what to hand out, and works at once', async () => {
    const ada = await world.membership();
    const response = await create(ada, { destinationUrl, slug: 'Ada-2026' });
    expect(response.status).toBe(201);
    const link = await json<LinkJson>(response);
    expect(link).toMatchObject({ url: 'https://go.example/r/ada-2026', slug: 'ada-2026', destinationUrl });
    const redirect = await fetch(`${app.url}/r/ada-2026`, { redirect: 'manual' });
    expect(redirect.headers.get('location')).toMatch(/^https:\/\/shop\.example\/a\?b=c&fl_click=clk_\w+#d$/);
    expect(redirect.headers.get('set-cookie')).toContain('; Secure; SameSite=Lax');
    expect(await json<LinkJson>(call(ada, `/${link.id}`))).toEqual(link);
  });

  it('B-30 lets a company make a link for a partner, and see all links of its partners only', async () => {
    const [ada, stranger] = [await world.membership(), await world.membership()];
    const grace = await world.membership({ of: ada.companyId });
    const give = (by: TestMembership, to: TestMembership, slug: string) =>
      app.call('POST', '/v1/links', asCompany(by.companyId), {
        partnershipId: publicId('Partnership', to.partnershipId),
        destinationUrl,
        slug,
      });
    const { status, body: link } = await give(ada, ada, 'made-for-ada');
    expect(status).toBe(201);
    const partnershipId = publicId('Partnership', ada.partnershipId);
    expect(link).toMatchObject({ slug: 'made-for-ada', partnershipId });
    expect(await json<LinkJson>(call(ada, `/${link.id}`))).toMatchObject({ id: link.id });
    await create(grace, { destinationUrl, slug: 'graces-own' });
    await create(stranger, { destinationUrl, slug: 'a-strangers' });
    const list = async (query = '') => {
      const { body } = await app.call('GET', `/v1/links${query}`, asCompany(ada.companyId));
      return [body.data.map(({ slug }: LinkJson) => slug), body.nextCursor];
    };
    expect(await list()).toEqual([['graces-own', 'made-for-ada'], null]);
    expect(await list(`?partnershipId=${partnershipId}`)).toEqual([['made-for-ada'], null]);
    const [, cursor] = await list('?limit=1');
    expect(await list(`?limit=1&cursor=${cursor}`)).toEqual([['made-for-ada'], null]);
    for (const to of [stranger, await world.membership({ of: ada.companyId, state: 'left' })]) {
      expect((await give(ada, to, 'not-for-you')).body.code).toBe('partnership.not_approved');
    }
    expect((await give(ada, ada, 'made-for-ada')).body.code).toBe('link.slug_taken');
    const { rows } = await world.admin.query<{ data: unknown }>(
      `select data from bus.event where company_id = $1 and type = 'link.given'`,
      [ada.companyId],
    );
    const { companyId: _company, ...membership } = ada;
    const given = { linkId: parseId('Link', link.id), destinationUrl: link.destinationUrl };
    expect(rows.map(({ data }) => data)).toEqual([{ ...membership, ...given }]);
  });

  it('makes up a slug when none is given', async () => {
    const ada = await world.membership();
    const [one, two] = [
      await json<LinkJson>(create(ada, { destinationUrl })),
      await json<LinkJson>(create(ada, { destinationUrl })),
    ];
    expect(one.slug).toMatch(/^[a-z0-9]{8}$/);
    expect(two.slug).not.toBe(one.slug);
  });

  it('lists the own links of this program, newest first, page by page', async () => {
    const ada = await world.membership();
    const grace = await world.membership();
    await create(grace, { destinationUrl, slug: 'not-adas' });
    for (const slug of ['page-1', 'page-2', 'page-3']) await create(ada, { destinationUrl, slug });
    type Page = { data: LinkJson[]; nextCursor: string | null };
    const first = await json<Page>(call(ada, '?limit=2'));
    const second = await json<Page>(call(ada, `?limit=2&cursor=${first.nextCursor}`));
    expect([...first.data, ...second.data].map(({ slug }) => slug)).toEqual(['page-3', 'page-2', 'page-1']);
    expect(second.nextCursor).toBeNull();
  });

  it('B-01 shows a partner nothing of another partner or program', async () => {
    const [ada, grace] = [await world.membership(), await world.membership()];
    const link = await json<LinkJson>(create(ada, { destinationUrl }));
    expect((await call(grace, `/${link.id}`)).status).toBe(404);
    expect((await call({ ...grace, programId: ada.programId })).status).toBe(404);
    expect((await call({ ...ada, partnerId: newId('Partner') }, `/${link.id}`)).status).toBe(404);
  });

  it.each([
    ['B-25', { state: 'pending' }, 'partnership.pending', /when the company approves/],
    ['B-25', { state: 'declined' }, 'partnership.declined', /apply again/],
    ['B-25', { state: 'removed' }, 'partnership.removed', /Apply again/],
    ['B-27', { areLinksEnabled: false }, 'link.not_enabled', /Ask it for one by a link request/],
    ['B-36', { terms: 'not accepted' }, 'terms.not_accepted', /Accept the current terms/],
  ] as const)('%s opens no links to %j and says what to do', async (_id, facts, code, advice) => {
    const ada = await world.membership(facts);
    for (const response of [await create(ada, { destinationUrl }), await call(ada)]) {
      expect(response.status).toBe(403);
      expect(await json<object>(response)).toMatchObject({ code, detail: expect.stringMatching(advice) });
    }
  });

  it('B-26 opens links in a program without terms as soon as the partner is approved', async () => {
    expect((await create(await world.membership({ terms: 'none' }), { destinationUrl })).status).toBe(201);
  });

  it.each([
    ['ab', 422],
    ['abc', 201],
    ['x'.repeat(64), 201],
    ['x'.repeat(65), 422],
    ['a b', 422],
    ['ä-umlaut', 422],
    ['a/b', 422],
    ['', 422],
  ])('answers the slug %j with %d', async (slug, status) => {
    expect((await create(await world.membership(), { destinationUrl, slug })).status).toBe(status);
  });

  it('refuses a slug that any partner of any company has', async () => {
    await create(await world.membership(), { destinationUrl, slug: 'taken' });
    const response = await create(await world.membership(), { destinationUrl, slug: 'TAKEN' });
    expect(response.status).toBe(409);
    expect(await json<object>(response)).toMatchObject({ code: 'link.slug_taken' });
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://shop.example/',
    '//shop.example/',
    'shop.example',
    'https://user:pass@shop.example/',
    'https://shop.example/\r\nset-cookie: a=b',
    'https://shop.example/\u0000',
    '',
  ])('refuses the destination %j', async (bad) => {
    const response = await create(await world.membership(), { destinationUrl: bad });
    expect(response.status).toBe(422);
  });

  it.each([
    ['https://shop.example/?fl_click=clk_1&a=1', 'https://shop.example/?a=1'],
    ['https://shop.example/?a=1&fl%5Fclick=clk_1#x', 'https://shop.example/?a=1#x'],
    ['https://shop.example/?%66l_click', 'https://shop.example/'],
    ['https://shop.example/?a=%&b=fl_click', 'https://shop.example/?a=%&b=fl_click'],
  ])('drops the click id of the destination %j, however it is written', async (copied, kept) => {
    const response = await create(await world.membership(), { destinationUrl: copied });
    expect(await json<LinkJson>(response)).toMatchObject({ destinationUrl: kept });
  });

  it('lets new links lead only to the domains that the company lists, and below them', async () => {
    const ada = await world.membership();
    const stranger = await world.membership();
    const domains = (of: TestMembership, body?: object) =>
      app.call(body ? 'PUT' : 'GET', '/v1/destination-domains', asCompany(of.companyId), body);
    const before = await json<LinkJson>(create(ada, { destinationUrl: 'https://old.example/' }));
    expect((await domains(ada, { domains: ['Shop.example', 'blog.example'] })).body).toEqual({
      domains: ['blog.example', 'shop.example'],
    });
    const refused = await create(ada, { destinationUrl: 'https://notshop.example/' });
    expect(refused.status).toBe(422);
    expect(await json<object>(refused)).toMatchObject({
      code: 'link.destination_not_allowed',
      errors: [{ field: 'destinationUrl', message: 'must lead to blog.example, shop.example' }],
    });
    for (const allowed of [
      'https://shop.example/a',
      'https://www.shop.example:8443/',
      'http://blog.example',
    ]) {
      expect((await create(ada, { destinationUrl: allowed })).status).toBe(201);
    }
    expect(
      (await fetch(before.url.replace('https://go.example', app.url), { redirect: 'manual' })).status,
    ).toBe(302);
    expect((await domains(stranger)).body).toEqual({ domains: [] });
    expect((await create(stranger, { destinationUrl: 'https://notshop.example/' })).status).toBe(201);
    expect((await domains(ada, { domains: [] })).body).toEqual({ domains: [] });
    expect((await create(ada, { destinationUrl: 'https://notshop.example/' })).status).toBe(201);
    const bad = await domains(ada, { domains: ['shop.example', 'https://shop.example'] });
    expect([bad.status, bad.body.errors[0].field]).toEqual([422, 'domains.1']);
    const tooMany = Array.from({ length: 101 }, (_, index) => `s${index}.example`);
    expect((await domains(ada, { domains: tooMany })).status).toBe(422);
    expect((await domains(ada, { domains: tooMany.slice(1) })).status).toBe(200);
  });

  it('keeps one of two lists of domains that are set at once, never a mixture', async () => {
    const { companyId } = await world.membership();
    const set = (domains: string[]) =>
      app.call('PUT', '/v1/destination-domains', asCompany(companyId), { domains });
    const lists = [0, 1, 2, 3, 4, 5].map((n) => [`a${n}.example`, `b${n}.example`]);
    await Promise.all(lists.map(set));
    const { body } = await app.call('GET', '/v1/destination-domains', asCompany(companyId));
    expect(lists).toContainEqual(body.domains);
  });

  it('takes a destination of 2048 characters and none longer', async () => {
    const ada = await world.membership();
    const longest = `https://shop.example/${'x'.repeat(2048 - 21)}`;
    expect((await create(ada, { destinationUrl: longest })).status).toBe(201);
    expect((await create(ada, { destinationUrl: `${longest}x` })).status).toBe(422);
  });

  it('drops a click id that was copied along with the destination', async () => {
    const copied = 'https://shop.example/?a=%20&fl_click=clk_01h455vb4pex5vsknk084sn02q&b';
    const link = await json<LinkJson>(create(await world.membership(), { destinationUrl: copied }));
    expect(link.destinationUrl).toBe('https://shop.example/?a=%20&b');
  });

  it('creates one link when the same request is sent twice', async () => {
    const ada = await world.membership();
    const key = { 'idempotency-key': 'once' };
    const [first, again] = [
      await json<LinkJson>(create(ada, { destinationUrl }, key)),
      await json<LinkJson>(create(ada, { destinationUrl }, key)),
    ];
    expect(again).toEqual(first);
  });
});
