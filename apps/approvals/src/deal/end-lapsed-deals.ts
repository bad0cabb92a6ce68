import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';
import { expiredEvent } from '../referral/referral-events.js';

/** Registrations ended in one statement at the most. */
export const DEALS_AT_ONCE = 500;

interface Row {
  readonly referral_id: string;
  readonly program_id: string;
  readonly partnership_id: string;
  readonly partner_id: string;
  readonly submitted_at: string;
}

/**
 * Ends the registrations of a company whose time is over: their accounts are free again, and their partners
 * hear of it. Waits for one that somebody is changing at this moment, and looks again then.
 */
@Injectable()
export class EndLapsedDeals {
  constructor(private readonly publisher: Publisher) {}

  /** @returns how many ended */
  async execute(tx: Transaction, companyId: Id<'Company'>, now: Date): Promise<number> {
    const ended = await tx.query<Row>(
      `with lapsed as (
         select referral_id from approvals.referral
          where company_id = $1 and kind = 'deal' and state in ('pending', 'open') and expires_at <= $2
          order by referral_id limit ${DEALS_AT_ONCE} for update
       ), ended as (
         update approvals.referral r set state = 'expired' from lapsed l
          where r.company_id = $1 and r.referral_id = l.referral_id
          returning r.referral_id, r.program_id, r.partnership_id, r.partner_id, r.submitted_at
       ), step as (
         insert into approvals.referral_step
           (company_id, referral_id, step_no, partnership_id, step, side, actor, at)
         select $1, referral_id,
           (select max(s.step_no) + 1 from approvals.referral_step s
             where s.company_id = $1 and s.referral_id = e.referral_id),
           partnership_id, 'expired', 'fairlead', 'fairlead', $2
         from ended e
       )
       select * from ended`,
      [companyId, now],
    );
    if (ended.length > 0) {
      await this.publisher.publish(
        tx,
        ended.map((row) => expiredEvent(dealOf(companyId, row), now)),
      );
    }
    return ended.length;
  }
}

const dealOf = (companyId: Id<'Company'>, row: Row) => ({
  companyId,
  referralId: asId('Referral', row.referral_id),
  kind: 'deal' as const,
  programId: asId('Program', row.program_id),
  partnershipId: asId('Partnership', row.partnership_id),
  partnerId: asId('Partner', row.partner_id),
  submittedAt: new Date(row.submitted_at),
});
