import { Injectable } from '@nestjs/common';
import type { ReferralKind } from '#contracts';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery } from '#http';
import type { Id } from '#kernel';
import type { ReferralState } from './referral-state.js';
import { type ReferralKey, type ReferralView, selectReferrals, viewReferral } from './view-referral.js';

/** null: whatever it is. */
export interface ReferralFilter {
  readonly programId: Id<'Program'> | null;
  readonly partnershipId: Id<'Partnership'> | null;
  readonly state: ReferralState | null;
  /** Key of a stage. */
  readonly stage: string | null;
  /** Lower case. */
  readonly contactEmail: string | null;
}

/** Leads or deals as the company reads them: of all its partners. */
@Injectable()
export class ReadReferrals {
  constructor(private readonly database: Database) {}

  /** Newest first. @returns one row more than the limit when there is a next page */
  list(
    companyId: Id<'Company'>,
    kind: ReferralKind,
    filter: ReferralFilter,
    page: PageQuery,
  ): Promise<ReferralView[]> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      selectReferrals(
        tx,
        `r.company_id = $1 and r.kind = $2 and ($3::uuid is null or r.program_id = $3)
           and ($4::uuid is null or r.partnership_id = $4) and ($5::text is null or r.state = $5)
           and ($6::text is null or r.stage = $6) and ($7::text is null or r.contact_email = $7)
           and ($8::uuid is null or r.referral_id < $8)
         order by r.referral_id desc limit $9`,
        [
          companyId,
          kind,
          filter.programId,
          filter.partnershipId,
          filter.state,
          filter.stage,
          filter.contactEmail,
          cursorId(page),
          page.limit + 1,
        ],
      ),
    );
  }

  /** @throws NotFound */
  one(companyId: Id<'Company'>, key: ReferralKey): Promise<ReferralView> {
    return this.database.transaction(companyScope(companyId), (tx) => viewReferral(tx, companyId, key));
  }
}
