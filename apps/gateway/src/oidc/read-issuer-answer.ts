import { Injectable } from '@nestjs/common';
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  ClientError,
  fetchUserInfo,
  ResponseBodyError,
} from 'openid-client';
import { Unauthenticated } from '#kernel';
import { emailKeyOf } from '../person/person.js';
import type { OidcFlow } from './oidc-flow.js';
import { issuerAway, OidcIssuer } from './oidc-issuer.js';

/** Somebody as the issuer knows this one. */
export interface IssuerAccount {
  readonly issuer: string;
  /** The issuer's own, lasting name of the account (`sub`). */
  readonly subject: string;
  /** Lower case; null when the issuer does not vouch for it. */
  readonly verifiedEmail: string | null;
}

const FAILED = 'The sign-in at the issuer failed or was cancelled. Start again at /sign-in/oidc.';

/** Exchanges what the issuer sent a browser back with for who it is: nothing that the browser says is believed. */
@Injectable()
export class ReadIssuerAnswer {
  constructor(private readonly issuer: OidcIssuer) {}

  /**
   * @param query of the address that the issuer sent the browser to
   * @throws Unauthenticated, Unavailable `oidc.issuer_away`
   */
  async execute(query: string, flow: OidcFlow): Promise<IssuerAccount> {
    const address = this.issuer.redirectUri;
    address.search = query;
    try {
      return await this.#exchange(address, flow);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  async #exchange(address: URL, flow: OidcFlow): Promise<IssuerAccount> {
    const configuration = await this.issuer.configuration();
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
    const email = told['email_verified'] === true ? told['email'] : undefined;
    return {
      issuer: claims.iss,
      subject: claims.sub,
      verifiedEmail: typeof email === 'string' ? emailKeyOf(email) : null,
    };
  }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return new Unauthenticated(FAILED);
  }
  if (error instanceof ClientError) {
    return error.code === 'OAUTH_TIMEOUT' ? issuerAway(error) : new Unauthenticated(FAILED);
  }
  return error instanceof TypeError ? issuerAway(error) : error;
}
