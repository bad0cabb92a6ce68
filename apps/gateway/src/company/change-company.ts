import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { type Id, NotFound } from '#kernel';
import {
  COMPANY_COLUMNS,
  type CompanyAccount,
  companyOf,
  type CompanyProfile,
  type CompanyRow,
} from './company.js';

/** A company changes what it tells about itself; fields not given stay. */
@Injectable()
export class ChangeCompany {
  constructor(private readonly database: Database) {}

  execute(companyId: Id<'Company'>, changes: Partial<CompanyProfile>): Promise<CompanyAccount> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const [row] = await tx.query<CompanyRow>(
        `select ${COMPANY_COLUMNS} from access.company where company_id = $1 for update`,
        [companyId],
      );
      if (!row) throw new NotFound('company');
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      const company: CompanyAccount = { ...companyOf(row), ...Object.fromEntries(given) };
      await tx.query(
        `update access.company set name = $2, fallback_url = $3, support_url = $4, support_email = $5
          where company_id = $1`,
        [companyId, company.name, company.fallbackUrl, company.supportUrl, company.supportEmail],
      );
      return company;
    });
  }
}
