import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import { fastify, type FastifyInstance } from 'fastify';
import { SecretBox } from '#config';
import { SERVICES } from '#contracts';
import { INTERNAL_TOKEN_HEADER, InternalTokenAuthenticator } from '#http';
import { SystemClock } from '#kernel';
import { ProxyModule } from '../src/proxy/proxy.module.js';
import { readUpstreams } from '../src/proxy/upstreams.js';
import { type GatewayApp, startGateway } from './gateway-app.js';

interface Seen {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly sha256: string;
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A service that says what reached it. */
async function startMirror(): Promise<{ readonly mirror: FastifyInstance; readonly origin: string }> {
  const mirror = fastify({ bodyLimit: 10_000_000 });
  mirror.removeAllContentTypeParsers();
  mirror.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  mirror.all('*', (request) => ({
    url: request.url,
    headers: request.headers,
    sha256: sha256(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)),
  }));
  await mirror.listen({ port: 0, host: '127.0.0.1' });
  return { mirror, origin: `http://127.0.0.1:${(mirror.server.address() as AddressInfo).port}` };
}

describe('the proxy of the distributed shape', () => {
  let mirror: FastifyInstance;
  let gateway: GatewayApp;

  beforeAll(async () => {
    const started = await startMirror();
    mirror = started.mirror;
    const nowhere = 'http://127.0.0.1:9';
    const upstreams = new Map(SERVICES.map((service) => [service, nowhere]));
    upstreams.set('tracking', started.origin).set('approvals', started.origin);
    gateway = await startGateway({ extraModules: [ProxyModule.to(upstreams)] });
  });

  afterAll(async () => {
    await gateway.close();
    await mirror.close();
  });

  /** The request as the service's own authenticator meets it, which came from another address than the caller. */
  const arrivedAt = (seen: Seen) => {
    const service = new InternalTokenAuthenticator(gateway.app.get(SecretBox), new SystemClock());
    const request = { headers: seen.headers, ip: 'gateway' } as unknown as Parameters<
      typeof service.authenticate
    >[0];
    return { service, request };
  };

  it('passes path, query and body on byte for byte', async () => {
    const body = randomBytes(200_000);
    const response = await fetch(`${gateway.url}/v1/ingest/int_1?a=%20b&a=c`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'webhook-signature': 'v1,x', authorization: 'theirs' },
    });
    const seen = (await response.json()) as Seen;
    expect(seen).toMatchObject({ url: '/v1/ingest/int_1?a=%20b&a=c', sha256: sha256(body) });
    expect(seen.headers).toMatchObject({ 'webhook-signature': 'v1,x', authorization: 'theirs' });
  });

  it('passes the principal signed, and the credentials not at all', async () => {
    const company = await gateway.newCompany();
    const { body } = await gateway.call('GET', '/v1/programs', {
      ...company.key,
      [INTERNAL_TOKEN_HEADER]: 'forged',
      'x-forwarded-for': '6.6.6.6',
    });
    const seen = body as Seen;
    expect(seen.headers['authorization']).toBeUndefined();
    expect(seen.headers['x-forwarded-for']).toBeUndefined();
    const { service, request } = arrivedAt(seen);
    expect(await service.authenticate(request)).toMatchObject({ kind: 'company', scopes: ['programs:read'] });
  });

  it('replaces a forged internal header of a caller without credentials', async () => {
    const { body } = await gateway.call('GET', '/v1/programs', { [INTERNAL_TOKEN_HEADER]: 'forged' });
    const { service, request } = arrivedAt(body as Seen);
    expect(await service.authenticate(request)).toBeNull();
  });

  it('tells a route for strangers their address, whatever credentials they send', async () => {
    const { body } = await gateway.call('GET', '/v1/invitations/inv_1', {
      authorization: 'Bearer flk_wrong',
      'x-forwarded-for': '6.6.6.6',
    });
    const { service, request } = arrivedAt(body as Seen);
    expect(await service.callerAddress(request)).toBe('127.0.0.1');
    expect(await service.authenticate(request)).toBeNull();
  });

  it('refuses wrong credentials itself', async () => {
    const answer = await gateway.call('GET', '/v1/programs', { authorization: 'Bearer flk_wrong' });
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('gives the request its id on the way and the path no way out', async () => {
    const { body } = await gateway.call('GET', '/v1/programs');
    expect((body as Seen).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    // fetch would resolve the path before sending it
    const out = get({ ...urlToHttpOptions(new URL(gateway.url)), path: '/v1/ingest/%2e%2e/%2e%2e/metrics' });
    const [response] = (await once(out, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(404);
  });

  it('serves its own routes itself', async () => {
    expect((await gateway.call('GET', '/v1/ops/companies', gateway.operator)).body).toHaveProperty('data');
  });

  it('asks to come back when a service is away', async () => {
    await mirror.close();
    const answer = await gateway.call('GET', '/v1/programs');
    expect(answer).toMatchObject({ status: 503, body: { code: 'service_unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('5');
  });
});

describe('the internal token', () => {
  const service = new InternalTokenAuthenticator(new SecretBox('k'.repeat(32)), new SystemClock());
  const requestWith = (token: string) =>
    ({ headers: { [INTERNAL_TOKEN_HEADER]: token } }) as unknown as Parameters<
      typeof service.authenticate
    >[0];

  it('is refused when it is not signed by this installation, or too old', async () => {
    const { addressOf, signInternalToken } = await import('#http');
    const { newId } = await import('#kernel');
    const principal = { kind: 'operator', operatorId: newId('Operator'), role: 'admin' } as const;
    const now = new Date();
    const sign = (key: string, at: Date) =>
      signInternalToken(new SecretBox(key), { principal, address: '192.0.2.7' }, at);
    const good = requestWith(await sign('k'.repeat(32), now));
    await expect(service.authenticate(good)).resolves.toEqual(principal);
    expect(addressOf(good)).toBe('192.0.2.7');
    for (const token of [
      'nonsense',
      await sign('x'.repeat(32), now),
      await sign('k'.repeat(32), new Date(now.getTime() - 70_000)),
    ]) {
      await expect(service.authenticate(requestWith(token))).rejects.toMatchObject({
        kind: 'unauthenticated',
      });
    }
  });
});

describe('readUpstreams', () => {
  it('names every address that is missing or wrong', () => {
    expect(() =>
      readUpstreams({ TRACKING_URL: 'http://tracking:3000', COMMISSIONS_URL: 'file:///x' }),
    ).toThrow('ATTRIBUTION_URL, COMMISSIONS_URL, APPROVALS_URL, MESSAGING_URL, RECONCILIATION_URL');
  });
});
