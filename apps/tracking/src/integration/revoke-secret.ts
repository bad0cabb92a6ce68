import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { Clock, type Id, NotFound } from '#kernel';

/** Takes a secret out of force; what it signs is refused within 5 seconds everywhere. */
@Injectable()
export class RevokeSecret {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Revoking twice is fine. @throws NotFound */
  async execute(
    companyId: Id<'Company'>,
    integrationId: Id<'Integration'>,
    secretId: Id<'IntegrationSecret'>,
  ): Promise<void> {
    const revoked = await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query(
        `update tracking.integration_secret set revoked_at = coalesce(revoked_at, $4)
         where company_id = $1 and integration_id = $2 and secret_id = $3 returning secret_id`,
        [companyId, integrationId, secretId, this.clock.now()],
      ),
    );
    if (revoked.length === 0) throw new NotFound('secret');
  }
}
