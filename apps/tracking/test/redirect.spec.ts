import { request } from 'node:http';
import { eventually, startTestApp, type TestApp, type TestMembership } from '#testing';
import { clickIdOf, type ClicksFixture, createClicksFixture } from './clicks-fixture.js';
import { TRACKING } from '../src/service.js';

describe('GET /r/:slug', () => {
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

  const follow = (slug: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${app.url}/r/${slug}`, { redirect: 'manual', headers });
  const cookieOf = (response: Response) => response.headers.get('set-cookie') ?? '';
  /** On a busy machine a commit may take longer than visitors wait: then the click comes by the spool. */
  const stored = (response: Response) =>
    eventually(async () => (await world.clicks()).find((click) => click.click_id === clickIdOf(response)));
  const clicksOf = async ({ companyId }: TestMembership) =>
    (await world.clicks()).filter((click) => click.company_id === companyId);

  it('A-09 sends the visitor on with a click id that is stored', async () => {
    const owner = await world.link('spring', 'https://shop.example/');
    const response = await follow('spring', {
      'user-agent': 'Test/1.0',
      referer: 'https://User@Blog.Example:8443/secret/path?q=1',
    });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toMatch(
      /^https:\/\/shop\.example\/\?fl_click=clk_[0-9a-z]{26}$/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await stored(response)).toMatchObject({
      company_id: owner.companyId,
      partnership_id: owner.partnershipId,
      user_agent: 'Test/1.0',
      referrer_host: 'blog.example:8443',
    });
  });

  it('A-10 sets a visitor cookie of 90 days that scripts and other hosts cannot read', async () => {
    await world.link('cookie');
    const cookie = cookieOf(await follow('cookie'));
    expect(cookie).toMatch(/^fairlead_visitor=[0-9a-f-]{36}; /);
    expect(cookie.split('; ').slice(1)).toEqual(['Max-Age=7776000', 'Path=/', 'HttpOnly', 'SameSite=Lax']);
  });

  it('A-09 joins one browser’s clicks, on links of different companies, and keeps browsers apart', async () => {
    const [one, two] = [await world.link('joined-1'), await world.link('joined-2')];
    const first = await follow('joined-1');
    const cookie = cookieOf(first).split(';', 1)[0] ?? '';
    const second = await follow('joined-2', { cookie: `a=b; ${cookie}; c=d` });
    const stranger = await follow('joined-1');
    const [a, b, c] = [await stored(first), await stored(second), await stored(stranger)];
    expect(b.visitor_id).toBe(a.visitor_id);
    expect(c.visitor_id).not.toBe(a.visitor_id);
    expect([a.company_id, b.company_id]).toEqual([one.companyId, two.companyId]);
  });

  it.each(['fairlead_visitor=nonsense', 'xfairlead_visitor=0198c0de-0000-7000-8000-000000000001', ''])(
    'gives a fresh visitor id for the cookie %j',
    async (cookie) => {
      await world.link(`fresh-${cookie.length}`);
      const response = await follow(`fresh-${cookie.length}`, { cookie });
      expect(cookieOf(response)).toMatch(/^fairlead_visitor=[0-9a-f-]{36};/);
      expect(cookieOf(response)).not.toContain('0198c0de-0000-7000-8000-000000000001');
    },
  );

  it.each([
    [
      'query',
      'https://shop.example/p?a=1&b=%20x',
      /^https:\/\/shop\.example\/p\?a=1&b=%20x&fl_click=clk_\w+$/,
    ],
    ['fragment', 'https://shop.example/#top', /^https:\/\/shop\.example\/\?fl_click=clk_\w+#top$/],
    ['both', 'https://shop.example/?a=1#x?y', /^https:\/\/shop\.example\/\?a=1&fl_click=clk_\w+#x\?y$/],
    ['empty-query', 'https://shop.example/?', /^https:\/\/shop\.example\/\?fl_click=clk_\w+$/],
  ])('keeps what the destination has: %s', async (slug, destination, expected) => {
    await world.link(slug, destination);
    expect((await follow(slug)).headers.get('location')).toMatch(expected);
  });

  it('finds a link typed in capitals', async () => {
    await world.link('capitals');
    expect((await follow('CAPITALS')).status).toBe(302);
  });

  it('lets nothing of the request choose where it leads', async () => {
    await world.link('closed');
    for (const query of [
      '?url=https://evil.example',
      '?fl_click=x&to=//evil.example',
      '#https://evil.example',
    ]) {
      const response = await follow(`closed${query}`, { 'x-forwarded-host': 'evil.example' });
      expect(response.headers.get('location')).toMatch(/^https:\/\/shop\.example\/\?fl_click=clk_\w+$/);
    }
  });

  it.each(['%0d%0aset-cookie:%20x=1', '%00', '..%2f..%2fetc', 'a'.repeat(90), '%ff'])(
    'answers the slug %j with an error that carries none of it',
    async (slug) => {
      const response = await follow(slug);
      expect([400, 404]).toContain(response.status);
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.headers.get('location')).toBeNull();
    },
  );

  it('shows a page for a link that does not exist, and finds it once it does', async () => {
    const response = await follow('later');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
    await world.link('later');
    await eventually(async () => (await follow('later')).status === 302);
  });

  it('does not count HEAD', async () => {
    const owner = await world.link('head', 'https://shop.example/?a=1');
    const response = await fetch(`${app.url}/r/head`, { method: 'HEAD', redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('https://shop.example/?a=1');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await clicksOf(owner)).toEqual([]);
  });

  it.each([{ 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }])(
    'refuses to be fetched ahead (%j), so that the real visit is counted',
    async (headers) => {
      const slug = `ahead-${Object.keys(headers).join('')}`;
      const owner = await world.link(slug);
      const ahead = await rawGet(`${app.url}/r/${slug}`, headers);
      expect(ahead.statusCode).toBe(503);
      expect(ahead.headers['cache-control']).toBe('no-store');
      expect(await clicksOf(owner)).toEqual([]);
      expect((await follow(slug)).status).toBe(302);
    },
  );

  it('keeps 256 characters of the user agent at most', async () => {
    await world.link('agent');
    const [fits, cut] = [
      await follow('agent', { 'user-agent': 'x'.repeat(256) }),
      await follow('agent', { 'user-agent': 'x'.repeat(257) }),
    ];
    expect((await stored(fits)).user_agent).toBe('x'.repeat(256));
    expect((await stored(cut)).user_agent).toBe('x'.repeat(256));
  });

  it('stores the click of a partner who has left; attribution judges the time', async () => {
    const left = await world.membership({ state: 'left' });
    await world.link('left', 'https://shop.example/', left);
    expect((await stored(await follow('left'))).partnership_id).toBe(left.partnershipId);
  });

  it('stores every one of 500 clicks at once, of several companies', async () => {
    const slugs = ['load-1', 'load-2', 'load-3'];
    const owners = await Promise.all(slugs.map((slug) => world.link(slug)));
    const responses = await Promise.all(
      Array.from({ length: 500 }, (_, n) => follow(slugs[n % slugs.length] ?? '')),
    );
    expect(new Set(responses.map(clickIdOf)).size).toBe(500);
    const count = async () => (await Promise.all(owners.map(clicksOf))).flat().length;
    await eventually(async () => (await count()) === 500);
  });
});

/** `fetch` sets Sec- headers itself, so those are sent by hand. */
function rawGet(url: string, headers: Readonly<Record<string, string>>) {
  return new Promise<{ statusCode: number | undefined; headers: Record<string, unknown> }>(
    (resolve, reject) => {
      const call = request(url, { headers }, (response) => {
        response.resume();
        resolve({ statusCode: response.statusCode, headers: response.headers });
      });
      call.on('error', reject);
      call.end();
    },
  );
}
