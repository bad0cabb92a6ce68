import { Injectable } from '@nestjs/common';
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { OidcFlow } from './oidc-flow.js';
import { OidcIssuer } from './oidc-issuer.js';

/** Sends somebody to the issuer, by the authorization code flow with PKCE. */
@Injectable()
export class BeginOidcSignIn {
  constructor(private readonly issuer: OidcIssuer) {}

  /**
   * @param purpose what comes of it besides a sign-in
   * @throws AppError `oidc.not_configured`, Unavailable `oidc.issuer_away`
   */
  async execute(
    purpose: Pick<OidcFlow, 'partnerName' | 'invitation'>,
  ): Promise<{ readonly url: string; readonly flow: OidcFlow }> {
    const configuration = await this.issuer.configuration();
    const flow: OidcFlow = {
      state: randomState(),
      nonce: randomNonce(),
      codeVerifier: randomPKCECodeVerifier(),
      ...purpose,
    };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.issuer.redirectUri.href,
      scope: 'openid email',
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await calculatePKCECodeChallenge(flow.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, flow };
  }
}
