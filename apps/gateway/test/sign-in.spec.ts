import { asAdmin, FixedClock } from '#testing';
import { ForgetSignIns } from '../src/sign-in/forget-sign-ins.js';
import { bearer, type GatewayApp, startGateway } from './gateway-app.js';

const MINUTE = 60_000;

describe('signing in', () => {
  const clock = new FixedClock('2026-05-01T10:00:00Z');
  let gateway: GatewayApp;

  beforeAll(async () => {
    gateway = await startGateway({ clock });
  });

  afterAll(() => gateway.close());

  const ask = (email: string) => gateway.call('POST', '/v1/sign-in-links', {}, { email });
  const exchange = (token: string | null) => gateway.call('POST', '/v1/sessions', {}, { token });
  const refresh = (refreshToken: string) =>
    gateway.call('POST', '/v1/sessions/refresh', {}, { refreshToken });
  const profile = (accessToken: string) => gateway.call('GET', '/v1/partner', bearer(accessToken));
  const linksTo = async (email: string) =>
    (
      await asAdmin(
        gateway.database,
        `select 1 from bus.event where type = 'sign_in.requested' and data ->> 'email' = $1`,
        [email],
      )
    ).length;

  it('B-08 signs a new partner in by the mailed link', async () => {
    const session = await gateway.signIn('ada@example.org');
    expect(session.expiresAt).toBe('2026-05-01T10:10:00.000Z');
    expect((await profile(session.accessToken)).body).toMatchObject({
      name: 'Ada',
      email: 'ada@example.org',
      wantsEmail: true,
    });
  });

  it('keeps one account per address, whatever its case and however often it signs up', async () => {
    const first = await gateway.signIn('grace@example.org');
    await gateway.call('POST', '/v1/partners', {}, { name: 'Mallory', email: 'Grace@Example.ORG' });
    const second = (await exchange(await gateway.mailedToken('grace@example.org'))).body;
    expect((await profile(second.accessToken)).body).toEqual((await profile(first.accessToken)).body);
  });

  it.each([
    '"x@agency.example@y"@evil.example',
    '"x y"@evil.example',
    'x@evil.example\r\nBcc: y@evil.example',
  ])('takes no address that may pass for another: %j', async (email) => {
    const answer = await gateway.call('POST', '/v1/partners', {}, { name: 'Mallory', email });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ field: 'email' }] });
  });

  it('answers alike, and not sooner, for an address without an account', async () => {
    await gateway.signIn('known@example.org');
    const startedAt = performance.now();
    const unknown = await ask('unknown@example.org');
    expect(performance.now() - startedAt).toBeGreaterThan(95);
    const known = await ask('known@example.org');
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    expect(unknown.status).toBe(202);
    expect(await linksTo('unknown@example.org')).toBe(0);
  });

  it('answers a sign-up alike for known and unknown addresses, and has the mail say which it is', async () => {
    await gateway.signIn('founder@example.org');
    const company = await gateway.newCompany();
    await gateway.newMember(company.id, 'member', 'colleague@example.org');
    const emails = ['nobody@example.org', 'colleague@example.org', 'Founder@example.org'];
    const answers = [];
    for (const email of emails) {
      const startedAt = performance.now();
      const { status, body } = await gateway.call('POST', '/v1/partners', {}, { name: 'Mallory', email });
      expect(performance.now() - startedAt).toBeGreaterThan(95);
      answers.push([status, body]);
    }
    const sent = { message: 'If the address is right, a link is on its way. It works once, for 15 minutes.' };
    expect(answers).toEqual([
      [202, sent],
      [202, sent],
      [202, sent],
    ]);
    await ask('founder@example.org');
    const purposes = await asAdmin<{ purpose: string }>(
      gateway.database,
      `select data ->> 'email' as email, data ->> 'purpose' as purpose from bus.event
        where type = 'sign_in.requested' and data ->> 'email' = any($1) order by 1, 2`,
      [['nobody@example.org', 'colleague@example.org', 'founder@example.org']],
    );
    expect(purposes).toEqual([
      { email: 'colleague@example.org', purpose: 'sign_up' },
      { email: 'founder@example.org', purpose: 'sign_in' },
      { email: 'founder@example.org', purpose: 'sign_up' },
      { email: 'founder@example.org', purpose: 'sign_up_again' },
      { email: 'nobody@example.org', purpose: 'sign_up' },
    ]);
  });

  it('forgets a sign-in when its link is over, and not before', async () => {
    const email = 'stranger@example.org';
    const kept = () => asAdmin(gateway.database, 'select 1 from access.sign_in where email = $1', [email]);
    await gateway.call('POST', '/v1/partners', {}, { name: 'Mallory', email });
    const forget = gateway.app.get(ForgetSignIns);
    clock.advance(15 * MINUTE - 1);
    await forget.execute();
    expect(await kept()).toHaveLength(1);
    clock.advance(1);
    await forget.execute();
    expect(await kept()).toHaveLength(0);
    expect((await exchange(await gateway.mailedToken(email))).status).toBe(401);
  });

  it('takes a link once', async () => {
    await gateway.call('POST', '/v1/partners', {}, { name: 'Once', email: 'once@example.org' });
    const token = await gateway.mailedToken('once@example.org');
    const answers = await Promise.all(Array.from({ length: 5 }, () => exchange(token)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(4);
  });

  it.each([
    [15 * MINUTE - 1, 201],
    [15 * MINUTE, 401],
  ])('takes a link for 15 minutes: after %d ms it answers %d', async (age, status) => {
    const email = `age${age}@example.org`;
    await gateway.call('POST', '/v1/partners', {}, { name: 'Age', email });
    clock.advance(age);
    expect((await exchange(await gateway.mailedToken(email))).status).toBe(status);
  });

  it('refuses a link that was tampered with', async () => {
    const token = (await gateway.mailedToken('ada@example.org')) ?? '';
    expect((await exchange(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).status).toBe(401);
    expect((await exchange('sgn_nonsense')).status).toBe(401);
  });

  it('changes nothing when the link itself is opened', async () => {
    await gateway.call('POST', '/v1/partners', {}, { name: 'Scan', email: 'scan@example.org' });
    const token = (await gateway.mailedToken('scan@example.org')) ?? '';
    const page = await gateway.call('GET', `/sign-in?token=${token}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/text\/html/);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await gateway.call('GET', '/sign-in?token=<script>')).body).not.toContain('<script>');
    expect((await exchange(token)).status).toBe(201);
  });

  it('mails an address five links in 15 minutes and no sixth', async () => {
    await gateway.signIn('many@example.org');
    for (let asked = 0; asked < 6; asked++) expect((await ask('many@example.org')).status).toBe(202);
    expect(await linksTo('many@example.org')).toBe(5);
    clock.advance(15 * MINUTE);
    await ask('many@example.org');
    expect(await linksTo('many@example.org')).toBe(6);
  });

  it('mails one address five links in 15 minutes, however many ask at once', async () => {
    const email = 'flooded@example.org';
    const asked = Array.from({ length: 12 }, () =>
      gateway.call('POST', '/v1/partners', {}, { name: 'Flooded', email }),
    );
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 202));
    expect(await linksTo(email)).toBe(5);
  });

  it.each([
    [10 * MINUTE - 1, 200],
    [10 * MINUTE, 401],
  ])('takes an access token for ten minutes: after %d ms it answers %d', async (age, status) => {
    clock.set('2026-06-01T10:00:00Z');
    const { accessToken } = await gateway.signIn(`access${age}@example.org`);
    clock.advance(age);
    expect((await profile(accessToken)).status).toBe(status);
  });

  it('rotates refresh tokens, and ends the session when one comes twice', async () => {
    const first = await gateway.signIn('rotate@example.org');
    const second = (await refresh(first.refreshToken)).body;
    const third = (await refresh(second.refreshToken)).body;
    expect((await profile(third.accessToken)).status).toBe(200);
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(third.refreshToken)).status).toBe(401);
    expect((await profile(third.accessToken)).status).toBe(401);
  });

  it('gives new tokens once when a refresh token comes twice at the same time', async () => {
    const { refreshToken } = await gateway.signIn('race@example.org');
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(1);
  });

  it('does not end a session for a refresh token that somebody made up', async () => {
    const { refreshToken } = await gateway.signIn('forged@example.org');
    const [session, , mac] = refreshToken.split('.');
    expect((await refresh(`${session}.9.${mac}`)).status).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  it('ends a session that nobody refreshed for 30 days', async () => {
    const { refreshToken } = await gateway.signIn('idle@example.org');
    clock.advance(30 * 24 * 60 * MINUTE);
    expect((await refresh(refreshToken)).status).toBe(401);
  });

  it('signs out here, or everywhere', async () => {
    const email = 'out@example.org';
    const [a, b, c] = [await gateway.signIn(email), await gateway.signIn(email), await gateway.signIn(email)];
    await gateway.call('DELETE', '/v1/sessions/current', bearer(a.accessToken));
    expect((await profile(a.accessToken)).status).toBe(401);
    expect((await refresh(a.refreshToken)).status).toBe(401);
    expect((await profile(b.accessToken)).status).toBe(200);
    await gateway.call('DELETE', '/v1/sessions', bearer(b.accessToken));
    for (const session of [b, c]) expect((await profile(session.accessToken)).status).toBe(401);
  });

  it('lets a partner change the own profile only', async () => {
    const [mine, theirs] = [
      await gateway.signIn('mine@example.org'),
      await gateway.signIn('theirs@example.org'),
    ];
    const changed = await gateway.call('PATCH', '/v1/partner', bearer(mine.accessToken), {
      wantsEmail: false,
    });
    expect(changed.body).toMatchObject({ name: 'Ada', wantsEmail: false });
    expect((await profile(theirs.accessToken)).body).toMatchObject({ wantsEmail: true });
  });
});
