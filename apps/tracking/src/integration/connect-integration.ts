import { Injectable } from '@nestjs/common';
import type { FulfilmentPolicy } from '#contracts';
import { companyScope, Database } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id, newId } from '#kernel';
import { DEFAULT_FULFILMENT_POLICY, type IntegrationKind } from './integration.js';
import { getIntegration, type IntegrationView } from './integrations.js';
import { type NewSecret, Secrets } from './secrets.js';

export interface IntegrationDraft {
  readonly kind: IntegrationKind;
  readonly name: string;
  readonly fulfilmentPolicy?: FulfilmentPolicy;
  readonly secret?: string;
}

/** Connects a company's platform. A native integration gets its first secret with it. */
@Injectable()
export class ConnectIntegration {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  async execute(
    companyId: Id<'Company'>,
    draft: IntegrationDraft,
    request: IdempotentRequest,
  ): Promise<{ integration: IntegrationView; newSecret: NewSecret | null }> {
    const scope = companyScope(companyId);
    const made = await idempotent(this.database, scope, request, async (tx) => {
      const integration = { companyId, integrationId: newId('Integration'), kind: draft.kind };
      const now = this.clock.now();
      await tx.query(
        `insert into tracking.integration (company_id, integration_id, kind, name, created_at)
         values ($1, $2, $3, $4, $5)`,
        [companyId, integration.integrationId, draft.kind, draft.name, now],
      );
      await tx.query(
        `insert into tracking.integration_fulfilment_policy
           (company_id, integration_id, effective_from, fulfilment_policy) values ($1, $2, $3, $4)`,
        [
          companyId,
          integration.integrationId,
          now,
          draft.fulfilmentPolicy ?? DEFAULT_FULFILMENT_POLICY[draft.kind],
        ],
      );
      // Stripe shows its secret only once it knows our URL, so it may follow later.
      const isSecretLater = draft.kind === 'stripe' && draft.secret === undefined;
      const secretId = isSecretLater ? null : await this.secrets.add(tx, integration, draft.secret);
      return { integrationId: integration.integrationId, secretId };
    });
    return this.database.transaction(scope, async (tx) => {
      const integration = await getIntegration(tx, companyId, made.integrationId);
      const newSecret =
        made.secretId === null ? null : await this.secrets.show(tx, integration, made.secretId);
      return { integration, newSecret };
    });
  }
}
