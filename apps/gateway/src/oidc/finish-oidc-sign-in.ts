import { Injectable } from '@nestjs/common';
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  ClientError,
  type Configuration,
  fetchUserInfo,
  ResponseBodyError,
} from 'openid-client';
import { SecretBox } from '#config';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { signInToken } from '#http';
import { Clock, Forbidden, newId, Unauthenticated } from '#kernel';
import { emailKeyOf } from '../person/person.js';
import type { OidcFlow } from './oidc-flow.js';
import { issuerAway, OidcIssuer } from './oidc-issuer.js';

/** Long enough for a redirect. */
const TOKEN_VALID_MS = 120_000;

/** Somebody comes back from the issuer; a verified address there is as good as a mailed link here. */
@Injectable()
export class FinishOidcSignIn {
  constructor(
    private readonly issuer: OidcIssuer,
    private readonly database: Database,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param query of the address that the issuer sent the browser to
   * @returns a sign-in token, good once for `POST /v1/sessions`
   * @throws Unauthenticated, Forbidden `oidc.email_not_verified`, `oidc.nobody`, Unavailable `oidc.issuer_away`
   */
  async execute(query: string, flow: OidcFlow): Promise<string> {
    const configuration = await this.issuer.configuration();
    const { redirectUri } = this.issuer;
    redirectUri.search = query;
    const email = await verifiedEmail(configuration, redirectUri, flow).catch((error: unknown) => {
      throw refusalOf(error);
    });
    return this.#storeSignIn(emailKeyOf(email), flow.partnerName);
  }

  async #storeSignIn(email: string, partnerName: string | null): Promise<string> {
    const signInId = newId('SignIn');
    const now = this.clock.now();
    const stored = await this.database.transaction(companyScope(PLATFORM_COMPANY), (tx) =>
      tx.query(
        `insert into access.sign_in (sign_in_id, email, partner_name, created_at, expires_at)
         select $1::uuid, $2, $3, $4::timestamptz, $5::timestamptz
          where $3::text is not null or exists (select 1 from access.person where email = $2)
         returning sign_in_id`,
        [signInId, email, partnerName, now, new Date(now.getTime() + TOKEN_VALID_MS)],
      ),
    );
    if (stored.length > 0) return signInToken(this.secretBox, signInId);
    throw new Forbidden(
      'oidc.nobody',
      'Nobody has this address here. Ask your team for an invitation, or sign up as a partner: ' +
        '/sign-in/oidc?partnerName=….',
    );
  }
}

async function verifiedEmail(configuration: Configuration, address: URL, flow: OidcFlow): Promise<string> {
  const tokens = await authorizationCodeGrant(configuration, address, {
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    pkceCodeVerifier: flow.codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new Unauthenticated(FAILED);
  const told =
    claims['email'] === undefined
      ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
      : claims;
  if (typeof told['email'] === 'string' && told['email_verified'] === true) return told['email'];
  throw new Forbidden(
    'oidc.email_not_verified',
    'The issuer does not say that your e-mail address is verified. Have it verified there, then try again.',
  );
}

const FAILED = 'The sign-in at the issuer failed or was cancelled. Start again at /sign-in/oidc.';

function refusalOf(error: unknown): unknown {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return new Unauthenticated(FAILED);
  }
  if (error instanceof ClientError) {
    return error.code === 'OAUTH_TIMEOUT' ? issuerAway(error) : new Unauthenticated(FAILED);
  }
  return error instanceof TypeError ? issuerAway(error) : error;
}
