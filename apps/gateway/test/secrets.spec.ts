import { Writable } from 'node:stream';
import { pino } from 'pino';
import { asAdmin } from '#testing';
import { bearer, type GatewayApp, startGateway } from './gateway-app.js';

describe('secrets', () => {
  const lines: string[] = [];
  let gateway: GatewayApp;

  beforeAll(async () => {
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    gateway = await startGateway({ logger: pino({ level: 'trace' }, sink) });
  });

  afterAll(() => gateway.close());

  it('stand in no log line and in no table, and errors do not repeat them', async () => {
    const company = await gateway.newCompany();
    const session = await gateway.signIn('ada@example.org');
    const link = (await gateway.mailedToken('ada@example.org')) ?? '';
    await gateway.call('GET', `/sign-in?token=${link}`);
    await gateway.call('GET', '/v1/company', company.key);
    const refreshed = (
      await gateway.call('POST', '/v1/sessions/refresh', {}, { refreshToken: session.refreshToken })
    ).body;
    const errors = [
      await gateway.call('GET', '/v1/partner', bearer(`${session.accessToken}x`)),
      await gateway.call('POST', '/v1/sessions', {}, { token: link, also: link }),
      await gateway.call('POST', '/v1/sessions/refresh', {}, { refreshToken: [session.refreshToken] }),
      await gateway.call('GET', `/nowhere?token=${link}`),
    ];
    expect(errors.every((error) => error.status >= 400)).toBe(true);

    const secrets = [
      secretPart(gateway.operator['authorization']),
      secretPart(company.key['authorization']),
      secretPart(session.accessToken),
      secretPart(session.refreshToken),
      secretPart(refreshed.refreshToken),
      secretPart(link),
    ];
    const shown = `${lines.join('')}${JSON.stringify(errors.map((error) => error.body))}${await everyRow()}`;
    expect(lines.length).toBeGreaterThan(0);
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });

  const secretPart = (token = '') => (token.split('.').at(-1) ?? '').replace('Bearer flo_', '');

  async function everyRow(): Promise<string> {
    const tables = await asAdmin<{ name: string }>(
      gateway.database,
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname in ('access', 'bus', 'messaging')`,
    );
    const dumps = await Promise.all(
      tables.map(({ name }) => asAdmin(gateway.database, `select t::text from ${name} t`)),
    );
    return JSON.stringify(dumps);
  }
});
