import { Injectable } from '@nestjs/common';
import { AppConfig, SecretBox } from '#config';
import { Clock } from '#kernel';

/** What a browser that went to the issuer has to bring back. */
export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Name of the partner account to open for somebody who has none; null: sign in only. */
  readonly partnerName: string | null;
  /** Token of the invitation to accept; null: none. */
  readonly invitation: string | null;
}

const NAME = 'fairlead_oidc';
const PATH = '/sign-in/oidc';
const PURPOSE = 'oidc-flow';
const VALID_SECONDS = 600;

/** Keeps a flow sealed in the browser that started it, so that nobody else can end it, and nothing is stored. */
@Injectable()
export class OidcFlowCookie {
  readonly #attributes: string;

  constructor(
    config: AppConfig,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {
    const secure = new URL(config.publicUrl).protocol === 'https:' ? '; Secure' : '';
    this.#attributes = `Path=${PATH}; HttpOnly; SameSite=Lax${secure}`;
  }

  /** The value of `Set-Cookie` that keeps a flow for ten minutes. */
  keep(flow: OidcFlow): string {
    const until = this.clock.now().getTime() + VALID_SECONDS * 1000;
    const sealed = this.secretBox.seal(PURPOSE, JSON.stringify({ ...flow, until }));
    return `${NAME}=${sealed}; Max-Age=${VALID_SECONDS}; ${this.#attributes}`;
  }

  /** The value of `Set-Cookie` that ends it. */
  forget(): string {
    return `${NAME}=; Max-Age=0; ${this.#attributes}`;
  }

  /** The flow of this browser; null when it has none, or one that is too old. */
  read(header: string | undefined): OidcFlow | null {
    const sealed = new RegExp(`(?:^|; )${NAME}=([^;]+)`).exec(header ?? '')?.[1];
    if (sealed === undefined) return null;
    try {
      // Only `keep` can have sealed it.
      const { until, ...flow } = JSON.parse(this.secretBox.open(PURPOSE, sealed)) as OidcFlow & {
        readonly until: number;
      };
      return this.clock.now().getTime() < until ? flow : null;
    } catch {
      return null;
    }
  }
}
