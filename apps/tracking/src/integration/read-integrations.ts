import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { type Id, NotFound } from '#kernel';
import { currentMapping, type MappingVersion } from './change-mapping.js';
import { getIntegration, type IntegrationView, listIntegrations } from './integrations.js';

/** Reads a company's integrations and their mappings. */
@Injectable()
export class ReadIntegrations {
  constructor(private readonly database: Database) {}

  /** Newest first; one more than `limit`, so that the caller knows whether there is a next page. */
  list(companyId: Id<'Company'>, after: string | null, limit: number): Promise<IntegrationView[]> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      listIntegrations(tx, companyId, after, limit + 1),
    );
  }

  /** @throws NotFound */
  one(companyId: Id<'Company'>, integrationId: Id<'Integration'>): Promise<IntegrationView> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      getIntegration(tx, companyId, integrationId),
    );
  }

  /** @throws NotFound when there is no such integration */
  mapping(companyId: Id<'Company'>, integrationId: Id<'Integration'>): Promise<MappingVersion> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await getIntegration(tx, companyId, integrationId);
      return currentMapping(tx, companyId, integrationId);
    });
  }

  /**
   * An operator names the integration only; the role that passes tenants knows whose it is.
   * @throws NotFound
   */
  async companyOf(integrationId: Id<'Integration'>): Promise<Id<'Company'>> {
    const [row] = await this.database
      .as('bus')
      .transaction({ companies: [] }, (tx) =>
        tx.query<{ company_id: Id<'Company'> }>(
          'select company_id from tracking.integration where integration_id = $1',
          [integrationId],
        ),
      );
    if (!row) throw new NotFound('integration');
    return row.company_id;
  }
}
