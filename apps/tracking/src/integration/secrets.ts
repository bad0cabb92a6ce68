import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SecretBox } from '#config';
import type { Transaction } from '#database';
import { Clock, type Id, newId } from '#kernel';
import { SecretMissing, SecretNotYours } from './integration.errors.js';
import { type Integration, SECRET_PURPOSE } from './integration.js';

export interface NewSecret {
  readonly secretId: Id<'IntegrationSecret'>;
  readonly createdAt: Date;
  /** Null when the company gave it to us. */
  readonly secret: string | null;
}

/** The signing secrets of integrations: sealed at rest, several in force while one replaces another. */
@Injectable()
export class Secrets {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts a secret in force: a fresh one for the native format, the given one for Stripe.
   * @throws InvalidInput when one is given that we make, or missing where only the platform has it
   */
  async add(
    tx: Transaction,
    { companyId, integrationId, kind }: Integration,
    given: string | undefined,
  ): Promise<Id<'IntegrationSecret'>> {
    if (kind === 'native' && given !== undefined) throw new SecretNotYours();
    if (kind === 'stripe' && given === undefined) throw new SecretMissing();
    const secretId = newId('IntegrationSecret');
    await tx.query(
      `insert into tracking.integration_secret (company_id, integration_id, secret_id, sealed, created_at)
       values ($1, $2, $3, $4, $5)`,
      [
        companyId,
        integrationId,
        secretId,
        this.secretBox.seal(SECRET_PURPOSE, given ?? `whsec_${randomBytes(32).toString('base64')}`),
        this.clock.now(),
      ],
    );
    return secretId;
  }

  /** A secret just added, in the clear where we made it: for the one answer that shows it. */
  async show(
    tx: Transaction,
    { companyId, kind }: Integration,
    secretId: Id<'IntegrationSecret'>,
  ): Promise<NewSecret> {
    const [row] = await tx.query<{ sealed: string; created_at: string }>(
      'select sealed, created_at from tracking.integration_secret where company_id = $1 and secret_id = $2',
      [companyId, secretId],
    );
    if (!row) throw new Error('a new secret is not there');
    const secret = kind === 'native' ? this.secretBox.open(SECRET_PURPOSE, row.sealed) : null;
    return { secretId, createdAt: new Date(row.created_at), secret };
  }
}
