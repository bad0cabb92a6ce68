import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import type { Id } from '#kernel';
import { getIntegration } from './integrations.js';
import { type NewSecret, Secrets } from './secrets.js';

/** Puts one more secret in force; the old ones stay until they are revoked, so no webhook is refused. */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** @param given the platform's own secret, where it makes them */
  async execute(
    companyId: Id<'Company'>,
    integrationId: Id<'Integration'>,
    given: string | undefined,
    request: IdempotentRequest,
  ): Promise<NewSecret> {
    const scope = companyScope(companyId);
    const secretId = await idempotent(this.database, scope, request, async (tx) => {
      const integration = await getIntegration(tx, companyId, integrationId);
      return this.secrets.add(tx, integration, given);
    });
    return this.database.transaction(scope, async (tx) =>
      this.secrets.show(tx, await getIntegration(tx, companyId, integrationId), secretId),
    );
  }
}
