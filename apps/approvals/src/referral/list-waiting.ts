import { Injectable } from '@nestjs/common';
import type { ReferralKind } from '#contracts';
import { Database } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import { asId, type Id } from '#kernel';

/** A lead or deal that the company has not approved yet, without the person. */
export interface WaitingReferral {
  readonly referralId: Id<'Referral'>;
  readonly kind: ReferralKind;
  readonly submittedAt: Date;
}

interface Row {
  readonly referral_id: string;
  readonly kind: ReferralKind;
  readonly submitted_at: string;
}

/** What of a partner's leads and deals waits for approval, newest first. */
@Injectable()
export class ListWaiting {
  constructor(private readonly database: Database) {}

  /** @returns one row more than the limit when there is a next page */
  async execute(
    { companyId, partnershipId, scope }: PartnershipOfPartner,
    page: PageQuery,
  ): Promise<WaitingReferral[]> {
    const rows = await this.database.transaction(scope, (tx) =>
      tx.query<Row>(
        `select referral_id, kind, submitted_at from approvals.published_referral
          where company_id = $1 and partnership_id = $2 and state = 'pending'
            and ($3::uuid is null or referral_id < $3)
          order by referral_id desc limit $4`,
        [companyId, partnershipId, cursorId(page), page.limit + 1],
      ),
    );
    return rows.map((row) => ({
      referralId: asId('Referral', row.referral_id),
      kind: row.kind,
      submittedAt: new Date(row.submitted_at),
    }));
  }
}
