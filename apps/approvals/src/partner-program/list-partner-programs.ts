import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { cursorId, type PageQuery, type PartnershipState } from '#http';
import { asId, type Id } from '#kernel';

/** One entry of "Switch Program" (B-08). */
export interface PartnerProgram {
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly programName: string;
  readonly companyName: string;
  readonly state: PartnershipState;
  /** Whether the current terms wait for the partner's word, which keeps links, leads and deals shut. */
  readonly hasTermsToAccept: boolean;
}

interface Row {
  readonly partnership_id: string;
  readonly program_id: string;
  readonly program_name: string;
  readonly company_name: string;
  readonly state: PartnershipState;
  readonly has_terms_to_accept: boolean;
}

/** Every program the partner has applied to, of any company, newest first. */
@Injectable()
export class ListPartnerPrograms {
  constructor(private readonly database: Database) {}

  /** @returns one row more than the limit when there is a next page */
  async execute(partnerId: Id<'Partner'>, page: PageQuery): Promise<PartnerProgram[]> {
    const memberships = await this.database.transaction({ companies: [], partner: partnerId }, (tx) =>
      tx.query<{ company_id: string; partnership_id: string }>(
        `select company_id, partnership_id from approvals.partnership
          where partner_id = $1 and ($2::uuid is null or partnership_id < $2)
          order by partnership_id desc limit $3`,
        [partnerId, cursorId(page), page.limit + 1],
      ),
    );
    // Names belong to the companies, so they are read in their scope.
    const companies = [...new Set(memberships.map((row) => asId('Company', row.company_id)))];
    const rows = await this.database.transaction({ companies }, (tx) =>
      tx.query<Row>(
        `select p.partnership_id, p.program_id, p.state, g.name as program_name,
           coalesce(c.name, '') as company_name,
           p.state in ('pending', 'approved') and not v.has_accepted_terms as has_terms_to_accept
         from approvals.partnership p
         join approvals.program g on g.company_id = p.company_id and g.program_id = p.program_id
         join approvals.published_partnership v
           on v.company_id = p.company_id and v.partnership_id = p.partnership_id
         left join access.published_company c on c.company_id = p.company_id
         where p.partner_id = $1 and p.partnership_id = any($2::uuid[])
         order by p.partnership_id desc`,
        [partnerId, memberships.map((row) => row.partnership_id)],
      ),
    );
    return rows.map((row) => ({
      partnershipId: asId('Partnership', row.partnership_id),
      programId: asId('Program', row.program_id),
      programName: row.program_name,
      companyName: row.company_name,
      state: row.state,
      hasTermsToAccept: row.has_terms_to_accept,
    }));
  }
}
