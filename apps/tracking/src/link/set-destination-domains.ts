import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal } from '#http';
import { Clock } from '#kernel';
import { readDestinationDomains } from './destination-domains.js';

/** The domains that new links of a company's partners may lead to. Links made before go on redirecting. */
@Injectable()
export class SetDestinationDomains {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Replaces the list. @param domains as `parseDomain` returns them */
  execute(company: CompanyPrincipal, domains: readonly string[]): Promise<string[]> {
    const { companyId } = company;
    return this.database.transaction(companyScope(companyId), async (tx) => {
      // Two lists that are set at once must not end as a mixture.
      await tx.query(
        `select pg_advisory_xact_lock(hashtextextended('tracking.destination_domain ' || $1::text, 0))`,
        [companyId],
      );
      await tx.query('delete from tracking.destination_domain where company_id = $1 and domain <> all($2)', [
        companyId,
        domains,
      ]);
      await tx.query(
        `insert into tracking.destination_domain (company_id, domain, actor, created_at)
         select $1, domain, $3, $4 from unnest($2::text[]) as domain on conflict do nothing`,
        [companyId, [...new Set(domains)].toSorted(), actorOf(company), this.clock.now()],
      );
      return readDestinationDomains(tx, companyId);
    });
  }
}
