import { Injectable } from '@nestjs/common';
import { allowInsecureRequests, type Configuration, discovery, None } from 'openid-client';
import { AppConfig } from '#config';
import { AppError, Unavailable } from '#kernel';

const ANSWER_WITHIN_SECONDS = 10;

/** The OpenID Connect issuer of this installation, when there is one. */
@Injectable()
export class OidcIssuer {
  #discovered: Promise<Configuration> | null = null;

  constructor(private readonly config: AppConfig) {}

  /** Where the issuer sends people back to; it has to know this address. */
  get redirectUri(): URL {
    return new URL('/sign-in/oidc/callback', this.config.publicUrl);
  }

  /**
   * What the issuer says of itself, asked once.
   * @throws AppError `oidc.not_configured`, Unavailable `oidc.issuer_away`
   */
  async configuration(): Promise<Configuration> {
    const { oidcIssuer, oidcClientId, oidcClientSecret } = this.config;
    if (oidcIssuer === null || oidcClientId === null) {
      throw new AppError(
        'not_found',
        'oidc.not_configured',
        'No OpenID Connect issuer is configured here. Sign in by a link: POST /v1/sign-in-links.',
      );
    }
    this.#discovered ??= discover(new URL(oidcIssuer), oidcClientId, oidcClientSecret);
    try {
      return await this.#discovered;
    } catch (cause) {
      this.#discovered = null;
      throw issuerAway(cause);
    }
  }
}

function discover(issuer: URL, clientId: string, clientSecret: string | null): Promise<Configuration> {
  return discovery(
    issuer,
    clientId,
    clientSecret === null ? undefined : { client_secret: clientSecret },
    clientSecret === null ? None() : undefined,
    {
      timeout: ANSWER_WITHIN_SECONDS,
      // The settings allow http for an issuer on loopback only.
      execute: issuer.protocol === 'http:' ? [allowInsecureRequests] : [],
    },
  );
}

export const issuerAway = (cause: unknown) =>
  new Unavailable('oidc.issuer_away', 'The OpenID Connect issuer does not answer as it should. Try again.', {
    cause,
  });
