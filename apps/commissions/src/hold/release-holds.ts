import { Injectable } from '@nestjs/common';
import { type NewEvent, Publisher } from '#bus';
import { Database, type Transaction } from '#database';
import { amountJson, asId, Clock, type Id } from '#kernel';
import { owedFor, postingsFor } from '#rules';
import { type CommissionRow, saveCommissions } from '../ledger/commission-store.js';
import { type NewPostingGroup, recordPostings } from '../ledger/record-postings.js';

interface DueRow extends CommissionRow {
  readonly evaluation_no: number;
}

const COMPANIES_AT_ONCE = 100;
const COMMISSIONS_AT_ONCE = 500;

/**
 * Makes held commissions payable whose hold is over: posts held → payable and tells the partner. Catches up
 * after any downtime; several processes may run it at once.
 */
@Injectable()
export class ReleaseHolds {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @returns how many commissions became payable */
  async execute(): Promise<number> {
    const companies = await this.#companiesWithHoldsOver(this.clock.now());
    let released = 0;
    for (let start = 0; start < companies.length; start += COMPANIES_AT_ONCE) {
      const some = companies.slice(start, start + COMPANIES_AT_ONCE);
      let count: number;
      do {
        count = await this.database.transaction({ companies: some }, (tx) => this.#releaseBatch(tx, some));
        released += count;
      } while (count === COMMISSIONS_AT_ONCE);
    }
    return released;
  }

  /** In the sweeper's role, which sees of all tenants only whose holds end when. */
  #companiesWithHoldsOver(now: Date): Promise<Id<'Company'>[]> {
    return this.database.as('bus').transaction({ companies: [] }, async (tx) => {
      const rows = await tx.query<{ company_id: string }>(
        `select distinct company_id from commissions.commission where state in ('held', 'approved') and held_until <= $1`,
        [now],
      );
      return rows.map((row) => asId('Company', row.company_id));
    });
  }

  async #releaseBatch(tx: Transaction, companies: readonly Id<'Company'>[]): Promise<number> {
    const now = this.clock.now();
    const due = await tx.query<DueRow>(
      `select c.*, e.evaluation_no from (
         select * from commissions.commission
         where company_id = any ($1) and state in ('held', 'approved') and held_until <= $2
         order by held_until limit ${COMMISSIONS_AT_ONCE} for update skip locked
       ) c cross join lateral (
         select max(e.evaluation_no) as evaluation_no from commissions.evaluation e
         where e.company_id = c.company_id and e.subject_kind = c.subject_kind
           and e.subject_key = c.subject_key and e.offer_id = c.offer_id
           and e.partnership_id = c.partnership_id and e.currency = c.currency) e`,
      [[...companies], now],
    );
    await saveCommissions(tx, due.map(payableNow));
    await recordPostings(tx, due.map(postingGroupOf), now.toISOString());
    const events = due.filter((row) => row.held !== '0').map((row) => eventOf(row, now));
    if (events.length > 0) await this.publisher.publish(tx, events);
    return due.length;
  }
}

function payableNow(row: DueRow): CommissionRow {
  const payable = BigInt(row.payable) + BigInt(row.held);
  return { ...row, state: 'payable', held: '0', payable: payable.toString() };
}

function postingGroupOf({ company_id, commission_id, partnership_id, ...row }: DueRow): NewPostingGroup {
  const held = BigInt(row.held);
  return {
    company_id,
    commission_id,
    partnership_id,
    evaluation_no: row.evaluation_no,
    cause: 'release',
    reason: 'HOLD_OVER',
    currency: row.currency,
    lines: postingsFor({ held, payable: 0n }, owedFor(held, 'over', 0n)),
  };
}

function eventOf(row: DueRow, now: Date): NewEvent {
  return {
    type: 'commission.released',
    companyId: asId('Company', row.company_id),
    occurredAt: now,
    data: {
      commissionId: row.commission_id,
      partnershipId: row.partnership_id,
      partnerId: row.partner_id,
      programId: row.program_id,
      offerId: row.offer_id,
      subject: { kind: row.subject_kind, key: row.subject_key },
      currency: row.currency,
      amount: amountJson(BigInt(row.amount)),
    },
  };
}
