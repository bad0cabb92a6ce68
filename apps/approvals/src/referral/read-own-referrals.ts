import { Injectable } from '@nestjs/common';
import type { ReferralKind } from '#contracts';
import { Database } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import { NotFound } from '#kernel';
import type { ReferralState } from './referral-state.js';
import { type ReferralKey, type ReferralView, selectReferrals } from './view-referral.js';

/** Leads or deals as their own partner reads them. */
@Injectable()
export class ReadOwnReferrals {
  constructor(private readonly database: Database) {}

  /**
   * Newest first.
   * @param state null: whatever it is
   * @returns one row more than the limit when there is a next page
   */
  list(
    { companyId, partnershipId, scope }: PartnershipOfPartner,
    kind: ReferralKind,
    state: ReferralState | null,
    page: PageQuery,
  ): Promise<ReferralView[]> {
    return this.database.transaction(scope, (tx) =>
      selectReferrals(
        tx,
        `r.company_id = $1 and r.partnership_id = $2 and r.kind = $3 and ($4::text is null or r.state = $4)
           and ($5::uuid is null or r.referral_id < $5)
         order by r.referral_id desc limit $6`,
        [companyId, partnershipId, kind, state, cursorId(page), page.limit + 1],
      ),
    );
  }

  /** @throws NotFound */
  async one(
    { companyId, partnershipId, scope }: PartnershipOfPartner,
    { kind, referralId }: ReferralKey,
  ): Promise<ReferralView> {
    const [view] = await this.database.transaction(scope, (tx) =>
      selectReferrals(
        tx,
        'r.company_id = $1 and r.partnership_id = $2 and r.kind = $3 and r.referral_id = $4',
        [companyId, partnershipId, kind, referralId],
      ),
    );
    if (!view) throw new NotFound(kind);
    return view;
  }
}
