import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { type Id, NotFound } from '#kernel';
import { COMPANY_COLUMNS, type CompanyAccount, companyOf, type CompanyRow } from './company.js';

/** Reads companies: all of them for operators, one for itself. */
@Injectable()
export class ReadCompanies {
  constructor(private readonly database: Database) {}

  /** Newest first; one more than `limit`, so that the caller knows whether there is a next page. */
  async list(limit: number, after: string | null): Promise<CompanyAccount[]> {
    const rows = await this.database.transaction(companyScope(PLATFORM_COMPANY), (tx) =>
      tx.query<CompanyRow>(
        `select ${COMPANY_COLUMNS} from access.company
          where $1::uuid is null or company_id < $1 order by company_id desc limit $2`,
        [after, limit + 1],
      ),
    );
    return rows.map(companyOf);
  }

  /** @throws NotFound */
  async one(companyId: Id<'Company'>): Promise<CompanyAccount> {
    const [row] = await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query<CompanyRow>(`select ${COMPANY_COLUMNS} from access.company where company_id = $1`, [
        companyId,
      ]),
    );
    if (!row) throw new NotFound('company');
    return companyOf(row);
  }
}
