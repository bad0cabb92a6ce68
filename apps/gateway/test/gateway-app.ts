import { SecretBox } from '#config';
import { type Account, accountOf, Authenticator, signInToken, teamInvitationToken } from '#http';
import { asId, newId } from '#kernel';
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
  /** The token in the newest invitation to an address; null when there was none. */
  invitationToken(email: string): Promise<string | null>;
  /** Has an operator invite somebody to a company's team, who joins: the headers to act for it. */
  newMember(companyId: string, role: string, email?: string): Promise<Record<string, string>>;
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
        where type = 'sign_in.requested' and data ->> 'email' = $1
        order by event_id desc limit 1`,
      [email],
    );
    return row ? signInToken(test.app.get(SecretBox), asId('SignIn', row.id)) : null;
  };
  const invitationToken = async (email: string) => {
    const [row] = await asAdmin<{ id: string; kind: Account['kind']; account: string }>(
      test.database,
      `select data ->> 'invitationId' as id, data -> 'account' ->> 'kind' as kind, data -> 'account' ->> 'id' as account
         from bus.event where type = 'team.invited' and data ->> 'email' = $1 order by event_id desc limit 1`,
      [email],
    );
    return row
      ? teamInvitationToken(test.app.get(SecretBox), {
          invitationId: asId('TeamInvitation', row.id),
          account: accountOf(row.kind, row.account),
        })
      : null;
  };
  return {
    ...test,
    operator,
    mailedToken,
    invitationToken,
    async newMember(companyId, role, email = `${newId('Person')}@acme.example`) {
      await test.call('POST', `/v1/ops/companies/${companyId}/invitations`, operator, { email, role });
      const token = await invitationToken(email);
      const session = await test.call('POST', '/v1/team-invitations/accept', {}, { token, name: 'Member' });
      return { ...bearer(session.body.accessToken), 'fairlead-account': companyId };
    },
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
