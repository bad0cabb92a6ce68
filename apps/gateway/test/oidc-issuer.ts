import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

/** Who signs in next at the issuer, and what it says of the address. */
export interface IssuerPerson {
  readonly email: string;
  readonly isVerified: boolean;
  /** Of the account at the issuer; one of its own when left out. */
  readonly subject?: string;
}

export interface TestIssuer {
  readonly url: string;
  /** Follows the redirects of a browser in which this person agrees to all, and gives the last address. */
  visit(address: string, person: IssuerPerson): Promise<URL>;
  stop(): Promise<void>;
}

/** A real OpenID Connect issuer on loopback, with one confidential client that must use PKCE. */
export async function startIssuer(client: {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
}): Promise<TestIssuer> {
  const people = new Map<string, IssuerPerson>();
  let next = '';
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(url, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['of-tests'] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    findAccount: (_context, accountId) => {
      const person = people.get(accountId);
      return {
        accountId,
        claims: () => ({ sub: accountId, email: person?.email, email_verified: person?.isVerified }),
      };
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const isInteraction = request.url?.startsWith('/interaction/') ?? false;
    if (isInteraction) void provider.interactionFinished(request, response, { login: { accountId: next } });
    else void answer(request, response);
  });
  return {
    url,
    visit: (address, person) => {
      next = person.subject ?? `account-${people.size}`;
      people.set(next, person);
      return followWithin(url, address);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Follows redirects as a browser with cookies does, up to the first that leaves the origin. */
async function followWithin(origin: string, address: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let here = new URL(address);
  while (here.origin === origin) {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(here, { redirect: 'manual', headers });
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null)
      throw new Error(`the issuer answered ${response.status}: ${await response.text()}`);
    here = new URL(location, here);
  }
  return here;
}
