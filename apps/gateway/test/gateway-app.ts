import { SecretBox } from '#config';
import { Authenticator, signInToken } from '#http';
import { asId } from '#kernel';
import { asAdmin, startTestApp, type TestApp, type TestAppOptions } from '#testing';
import { CredentialAuthenticator } from '../src/authentication/credential-authenticator.js';
import { EnsureOperatorToken } from '../src/operator/ensure-operator-token.js';
import { GATEWAY } from '../src/service.js';

export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: string;
}

/** The gateway with its real credentials, and short cuts to get some. */
export interface GatewayApp extends TestApp {
  readonly operator: Record<string, string>;
  /** Headers of a new company with such a key. */
  newCompany(
    scopes?: readonly string[],
  ): Promise<{ readonly id: string; readonly key: Record<string, string> }>;
  /** The token in the newest mail to an address; null when none was asked for. */
  mailedToken(email: string): Promise<string | null>;
  signIn(email: string): Promise<Session>;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export async function startGateway(options: TestAppOptions = {}): Promise<GatewayApp> {
  const test = await startTestApp([GATEWAY], {
    ...options,
    authenticator: { provide: Authenticator, useExisting: CredentialAuthenticator },
  });
  const operator = bearer((await test.app.get(EnsureOperatorToken).execute()) ?? '');
  const mailedToken = async (email: string) => {
    const [row] = await asAdmin<{ id: string }>(
      test.database,
      `select data ->> 'signInId' as id from bus.event
        where type = 'partner.sign_in_requested' and data ->> 'email' = $1
        order by event_id desc limit 1`,
      [email],
    );
    return row ? signInToken(test.app.get(SecretBox), asId('SignIn', row.id)) : null;
  };
  return {
    ...test,
    operator,
    mailedToken,
    async newCompany(scopes = ['programs:read']) {
      const company = await test.call('POST', '/v1/ops/companies', operator, { name: 'Acme' });
      const path = `/v1/ops/companies/${company.body.id}/api-keys`;
      const key = await test.call('POST', path, operator, { name: 'test', scopes });
      return { id: company.body.id, key: bearer(key.body.secret) };
    },
    async signIn(email) {
      await test.call('POST', '/v1/partners', {}, { name: 'Ada', email });
      const token = await mailedToken(email);
      return (await test.call('POST', '/v1/sessions', {}, { token })).body;
    },
  };
}
