import { Injectable } from '@nestjs/common';
import type { AttributionMethod } from '#contracts';
import { Database } from '#database';
import type { PartnershipOfPartner } from '#http';

/** Orders of one day that are credited and do not show: how many and why, never whose. */
export interface WaitingOrders {
  /** Calendar day in the program's time zone, `2026-05-12`. */
  readonly day: string;
  readonly method: AttributionMethod;
  readonly reason: 'AWAITING_FULFILMENT' | 'CANCELLED_BEFORE_FULFILMENT' | 'DELETED_BEFORE_FULFILMENT';
  readonly count: number;
}

/** What a partner may know of orders that are not fulfilled: that they wait, or never will be (A-20, B-47). */
@Injectable()
export class ListWaitingOrders {
  constructor(private readonly database: Database) {}

  execute({ companyId, programId, partnershipId, scope }: PartnershipOfPartner): Promise<WaitingOrders[]> {
    return this.database.transaction(scope, (tx) =>
      tx.query<WaitingOrders>(
        `with unfulfilled as (
           select d.occurred_at, d.method,
             case o.state when 'deleted' then 'DELETED_BEFORE_FULFILMENT' else 'AWAITING_FULFILMENT' end as reason
             from commissions.published_order o
             join attribution.decision d
               on d.company_id = o.company_id and d.subject_kind = 'order' and d.subject_key = o.order_key
              and d.superseded_at is null
            where o.company_id = $1 and o.partnership_id = $2 and (o.state = 'waiting_fulfilment' or o.state = 'deleted' and o.fulfilled_at is null)
              and d.partnership_id = $2 and d.cancelled_at is null
              and d.subject_facts->>'fulfilmentPolicy' <> 'none'
           union all
           select occurred_at, method, 'CANCELLED_BEFORE_FULFILMENT'
             from attribution.decision
            where company_id = $1 and partnership_id = $2 and cancelled_at is not null and superseded_at is null
         )
         select to_char(occurred_at at time zone coalesce(
                  (select time_zone from approvals.published_program_settings
                    where company_id = $1 and program_id = $3 order by effective_from desc limit 1), 'UTC'),
                  'YYYY-MM-DD') as day, method, reason, count(*)::int as count
           from unfulfilled group by 1, 2, 3 order by 1 desc, 2, 3 limit 366`,
        [companyId, partnershipId, programId],
      ),
    );
  }
}
