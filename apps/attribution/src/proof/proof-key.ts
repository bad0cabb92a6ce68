import { createPublicKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import { SecretBox } from '#config';

/** RFC 9864's name of Ed25519 signatures. */
export const ALGORITHM = 'Ed25519';

/** The key this installation signs proofs with, derived from its secret key, and its public half. */
@Injectable()
export class ProofKey {
  readonly private: KeyObject;
  #jwk: Promise<JWK> | undefined;

  constructor(secretBox: SecretBox) {
    this.private = secretBox.signingKey('proof');
  }

  /** The public key as a JWK (RFC 7517); its `kid` is its thumbprint (RFC 7638). */
  publicJwk(): Promise<JWK> {
    return (this.#jwk ??= this.#exportPublic());
  }

  async #exportPublic(): Promise<JWK> {
    const jwk = await exportJWK(createPublicKey(this.private));
    return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg: ALGORITHM };
  }
}
