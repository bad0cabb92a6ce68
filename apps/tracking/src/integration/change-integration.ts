import { Injectable } from '@nestjs/common';
import type { FulfilmentPolicy } from '#contracts';
import { companyScope, Database } from '#database';
import { Clock, type Id } from '#kernel';
import { getIntegration, type IntegrationView } from './integrations.js';

export interface IntegrationChange {
  readonly name?: string;
  readonly fulfilmentPolicy?: FulfilmentPolicy;
}

/** Renames an integration, or changes from now on when its orders are earned; earlier orders keep theirs. */
@Injectable()
export class ChangeIntegration {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  execute(
    companyId: Id<'Company'>,
    integrationId: Id<'Integration'>,
    change: IntegrationChange,
  ): Promise<IntegrationView> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await tx.query(
        'update tracking.integration set name = coalesce($3, name) where company_id = $1 and integration_id = $2',
        [companyId, integrationId, change.name ?? null],
      );
      const before = await getIntegration(tx, companyId, integrationId);
      if (change.fulfilmentPolicy === undefined || change.fulfilmentPolicy === before.fulfilmentPolicy) {
        return before;
      }
      await tx.query(
        `insert into tracking.integration_fulfilment_policy
           (company_id, integration_id, effective_from, fulfilment_policy) values ($1, $2, $3, $4)`,
        [companyId, integrationId, this.clock.now(), change.fulfilmentPolicy],
      );
      return { ...before, fulfilmentPolicy: change.fulfilmentPolicy };
    });
  }
}
