import { Injectable } from '@nestjs/common';
import { Database, PLATFORM_COMPANY } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { Clock, newId } from '#kernel';
import type { CompanyAccount, CompanyProfile } from './company.js';

/** An operator opens an account for a company. */
@Injectable()
export class CreateCompany {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  execute(profile: CompanyProfile, request: IdempotentRequest): Promise<CompanyAccount> {
    const company = { ...profile, companyId: newId('Company'), createdAt: this.clock.now() };
    const scope = { companies: [PLATFORM_COMPANY, company.companyId] };
    return idempotent(this.database, scope, request, async (tx) => {
      await tx.query(
        `insert into access.company (company_id, name, fallback_url, support_url, support_email, created_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [
          company.companyId,
          company.name,
          company.fallbackUrl,
          company.supportUrl,
          company.supportEmail,
          company.createdAt,
        ],
      );
      return company;
    });
  }
}
