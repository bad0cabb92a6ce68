import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { asId, type Id } from '#kernel';

/**
 * Which tenants an operator has to look at. Only this question crosses tenants, in the role that may
 * (`bus`), and it returns ids alone; what is shown afterwards is read in the scope of those ids, in this
 * service's own role (docs/adr: operators and tenants).
 */
@Injectable()
export class CompaniesWithDeadLetters {
  readonly #everyTenant: Database;

  constructor(database: Database) {
    this.#everyTenant = database.as('bus');
  }

  execute(): Promise<Id<'Company'>[]> {
    return this.#everyTenant.transaction({ companies: [] }, async (tx) => {
      const rows = await tx.query<{ company_id: string }>(
        `select distinct company_id from bus.delivery where state = 'dead'`,
      );
      return rows.map((row) => asId('Company', row.company_id));
    });
  }
}
