import { freePort } from '#testing';
import { bearer, type GatewayApp, startGateway } from './gateway-app.js';
import { type IssuerPerson, startIssuer, type TestIssuer } from './oidc-issuer.js';

const CLIENT = {
  id: 'fairlead',
  secret: 'secret-of-the-client',
  redirectUri: 'http://127.0.0.1:3000/sign-in/oidc/callback',
};

describe('signing in by an OpenID Connect issuer', () => {
  let issuer: TestIssuer;
  let gateway: GatewayApp;

  beforeAll(async () => {
    issuer = await startIssuer(CLIENT);
    gateway = await startGateway({
      config: { oidcIssuer: issuer.url, oidcClientId: CLIENT.id, oidcClientSecret: CLIENT.secret },
    });
  });

  afterAll(async () => {
    await gateway.close();
    await issuer.stop();
  });

  const begin = async (query = '') => {
    const answer = await gateway.call('GET', `/sign-in/oidc${query}`);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return { answer, address: answer.headers.get('location') ?? '', cookie };
  };

  /** The whole way of one person: to the issuer, back, and to the page with the token. */
  async function goThrough(person: IssuerPerson, query = '') {
    const { address, cookie } = await begin(query);
    const back = await issuer.visit(address, person);
    const answer = await gateway.call('GET', `${back.pathname}${back.search}`, { cookie });
    const token = new URL(answer.headers.get('location') ?? 'http://none').searchParams.get('token');
    return { answer, token, back, cookie };
  }

  const exchange = (token: string | null) => gateway.call('POST', '/v1/sessions', {}, { token });

  it('sends people there by the code flow with PKCE, and keeps what they must bring back', async () => {
    const { answer, address } = await begin();
    expect(answer.status).toBe(302);
    expect(Object.fromEntries(new URL(address).searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'fairlead',
      redirect_uri: CLIENT.redirectUri,
      code_challenge_method: 'S256',
      state: expect.any(String),
      nonce: expect.any(String),
    });
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
  });

  it('signs in whoever has the verified address, in any team', async () => {
    const company = await gateway.newCompany();
    await gateway.newMember(company.id, 'admin', 'ada@acme.example');
    const { answer, token } = await goThrough({ email: 'Ada@Acme.example', isVerified: true });
    expect(answer.status).toBe(303);
    const session = await exchange(token);
    expect(session.status).toBe(201);
    const me = await gateway.call('GET', '/v1/me', bearer(session.body.accessToken));
    expect(me.body).toMatchObject({ email: 'ada@acme.example', memberships: [{ role: 'admin' }] });
    expect((await exchange(token)).status).toBe(401);
  });

  it('refuses an address that the issuer does not call verified', async () => {
    await gateway.signIn('victim@example.org');
    const { answer } = await goThrough({ email: 'victim@example.org', isVerified: false });
    expect(answer).toMatchObject({ status: 403, body: { code: 'oidc.email_not_verified' } });
  });

  it('refuses somebody whom nobody knows, unless a partner signs up', async () => {
    const stranger = { email: 'new@example.org', isVerified: true };
    expect((await goThrough(stranger)).answer).toMatchObject({ status: 403, body: { code: 'oidc.nobody' } });
    const { token } = await goThrough(stranger, '?partnerName=New%20Partner');
    const session = await exchange(token);
    const profile = await gateway.call('GET', '/v1/partner', bearer(session.body.accessToken));
    expect(profile.body).toMatchObject({ name: 'New Partner', email: 'new@example.org' });
  });

  it('goes by the account at the issuer once it knows it, whatever becomes of the address', async () => {
    await gateway.signIn('first@example.org');
    const ada = { email: 'first@example.org', isVerified: true, subject: 'ada' };
    expect((await goThrough(ada)).answer.status).toBe(303);
    const { token } = await goThrough({ email: 'ada.king@example.org', isVerified: false, subject: 'ada' });
    const me = await gateway.call('GET', '/v1/me', bearer((await exchange(token)).body.accessToken));
    expect(me.body.email).toBe('first@example.org');
    const heir = { email: 'first@example.org', isVerified: true, subject: 'heir-of-the-address' };
    expect((await goThrough(heir)).answer).toMatchObject({
      status: 403,
      body: { code: 'oidc.other_account' },
    });
    const unbind = () =>
      gateway.call('POST', '/v1/ops/identities/unbind', gateway.operator, { email: 'First@example.org' });
    expect((await unbind()).status).toBe(204);
    expect((await unbind()).status).toBe(404);
    expect((await goThrough(heir)).answer.status).toBe(303);
  });

  it('binds who signs up to the account at the issuer at once', async () => {
    const founder = { email: 'founder@example.org', isVerified: true, subject: 'founder' };
    const { token } = await goThrough(founder, '?partnerName=Founder');
    expect((await exchange(token)).status).toBe(201);
    const heir = { ...founder, subject: 'heir-of-the-founder' };
    expect((await goThrough(heir)).answer).toMatchObject({
      status: 403,
      body: { code: 'oidc.other_account' },
    });
  });

  it('takes an answer once, and only in the browser that asked', async () => {
    await gateway.signIn('browser@example.org');
    const person = { email: 'browser@example.org', isVerified: true, subject: 'browser' };
    const { back, cookie, answer } = await goThrough(person);
    expect(answer.status).toBe(303);
    const path = `${back.pathname}${back.search}`;
    expect((await gateway.call('GET', path, { cookie })).status).toBe(401);
    expect((await gateway.call('GET', path)).status).toBe(401);
    const other = await begin();
    const fresh = await issuer.visit((await begin()).address, person);
    const crossed = await gateway.call('GET', `${fresh.pathname}${fresh.search}`, { cookie: other.cookie });
    expect(crossed).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('tells somebody who cancelled at the issuer to start again', async () => {
    const { address, cookie } = await begin();
    const state = new URL(address).searchParams.get('state') ?? '';
    const path = `/sign-in/oidc/callback?error=access_denied&state=${state}&iss=${issuer.url}`;
    const answer = await gateway.call('GET', path, { cookie });
    expect(answer).toMatchObject({ status: 401, body: { detail: expect.stringContaining('Start again') } });
  });
});

describe('an OpenID Connect issuer instead of mailed links', () => {
  let issuer: TestIssuer;
  let gateway: GatewayApp;

  beforeAll(async () => {
    issuer = await startIssuer(CLIENT);
    gateway = await startGateway({
      config: {
        oidcIssuer: issuer.url,
        oidcClientId: CLIENT.id,
        oidcClientSecret: CLIENT.secret,
        signInLinks: 'off',
      },
    });
  });

  afterAll(async () => {
    await gateway.close();
    await issuer.stop();
  });

  const invite = async (companyId: string, email: string) => {
    const path = `/v1/ops/companies/${companyId}/invitations`;
    await gateway.call('POST', path, gateway.operator, { email, role: 'owner' });
    return (await gateway.invitationToken(email)) ?? '';
  };
  const join = async (invitation: string, person: IssuerPerson) => {
    const begun = await gateway.call('GET', `/sign-in/oidc?invitation=${invitation}`);
    const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const back = await issuer.visit(begun.headers.get('location') ?? '', person);
    return gateway.call('GET', `${back.pathname}${back.search}`, { cookie });
  };
  const meOf = async (landed: { readonly headers: Headers }) => {
    const token = new URL(landed.headers.get('location') ?? 'http://none').searchParams.get('token');
    const session = await gateway.call('POST', '/v1/sessions', {}, { token });
    return (await gateway.call('GET', '/v1/me', bearer(session.body.accessToken))).body;
  };

  it('mails no link that signs in, and takes no invitation alone', async () => {
    const email = 'ada@example.org';
    const token = await invite((await gateway.newCompany()).id, email);
    for (const [path, body] of [
      ['/v1/partners', { name: 'Ada', email }],
      ['/v1/sign-in-links', { email }],
      ['/v1/team-invitations/accept', { token, name: 'Ada' }],
    ] as const) {
      expect(await gateway.call('POST', path, {}, body)).toMatchObject({
        status: 403,
        body: { code: 'sign_in_links.off', detail: expect.stringContaining('/sign-in/oidc') },
      });
    }
    const page = await gateway.call('GET', `/join?token=${token}`);
    expect(page.body).toContain(`<a href="http://127.0.0.1:3000/sign-in/oidc?invitation=${token}">`);
    expect(page.body).not.toContain('curl');
  });

  it('takes in whom the issuer vouches for under the invited address, once, and nobody else', async () => {
    const company = await gateway.newCompany();
    const token = await invite(company.id, 'grace@example.org');
    const grace = { email: 'Grace@example.org', isVerified: true, subject: 'grace' };
    for (const [person, code] of [
      [{ email: 'mallory@example.org', isVerified: true, subject: 'mallory' }, 'oidc.other_address'],
      [{ ...grace, isVerified: false }, 'oidc.email_not_verified'],
    ] as const) {
      expect(await join(token, person)).toMatchObject({ status: 403, body: { code } });
    }
    const landed = await join(token, grace);
    expect(landed.status).toBe(303);
    expect(await meOf(landed)).toMatchObject({
      email: 'grace@example.org',
      memberships: [{ accountId: company.id, role: 'owner' }],
    });
    expect(await join(token, grace)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('binds the new member to the account at the issuer', async () => {
    const token = await invite((await gateway.newCompany()).id, 'lin@example.org');
    const lin = { email: 'lin@example.org', isVerified: true, subject: 'lin' };
    await meOf(await join(token, lin));
    const second = await invite((await gateway.newCompany()).id, 'lin@example.org');
    expect(await join(second, { ...lin, subject: 'heir' })).toMatchObject({
      status: 403,
      body: { code: 'oidc.other_account' },
    });
    expect((await meOf(await join(second, lin))).memberships).toHaveLength(2);
  });

  it('refuses an invitation that was made up, or that a later one took the place of', async () => {
    const company = await gateway.newCompany();
    const person = { email: 'rev@example.org', isVerified: true, subject: 'rev' };
    const token = await invite(company.id, person.email);
    expect((await join(`${token}x`, person)).status).toBe(401);
    const later = await invite(company.id, person.email);
    expect((await join(token, person)).status).toBe(401);
    expect((await join(later, person)).status).toBe(303);
  });
});

describe('without an OpenID Connect issuer', () => {
  it('says that there is none, or asks to come back when it is away', async () => {
    const none = await startGateway();
    expect(await none.call('GET', '/sign-in/oidc')).toMatchObject({
      status: 404,
      body: { code: 'oidc.not_configured' },
    });
    await none.close();
    const away = await startGateway({
      config: { oidcIssuer: `http://127.0.0.1:${await freePort()}`, oidcClientId: 'fairlead' },
    });
    expect(await away.call('GET', '/sign-in/oidc')).toMatchObject({
      status: 503,
      body: { code: 'oidc.issuer_away' },
    });
    await away.close();
  });
});
