import type { Transaction } from '#database';
import type { Id } from '#kernel';

/** Whose period it is. */
interface Member {
  readonly companyId: Id<'Company'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly partnerId: Id<'Partner'>;
}

export interface PeriodEnd {
  readonly at: Date;
  readonly kind: 'left' | 'removed';
  readonly reason: string | null;
}

/**
 * The partner is a member from `at` on: events from then on are credited. Two periods never touch, not even
 * where one ends and the next starts within the clock's millisecond.
 */
export async function startPeriod(tx: Transaction, member: Member, at: Date): Promise<void> {
  await tx.query(
    `insert into approvals.membership_period (company_id, partnership_id, program_id, partner_id, started_at)
     select $1, $2, $3, $4, greatest($5::timestamptz, max(ended_at) + interval '1 microsecond')
       from approvals.membership_period where company_id = $1 and partnership_id = $2`,
    [member.companyId, member.partnershipId, member.programId, member.partnerId, at],
  );
}

/** The partner is no member any more: events from then on earn nothing. */
export async function endPeriod(tx: Transaction, member: Member, end: PeriodEnd): Promise<void> {
  await tx.query(
    `update approvals.membership_period
        set ended_at = greatest($3::timestamptz, started_at), end_kind = $4, end_reason = $5
      where company_id = $1 and partnership_id = $2 and ended_at is null`,
    [member.companyId, member.partnershipId, end.at, end.kind, end.reason],
  );
}
