import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { PartnershipOfPartner } from '#http';

/** Orders of one day that are credited and wait for shipment: how many, never whose. */
export interface WaitingOrders {
  /** Calendar day in the program's time zone, `2026-05-12`. */
  readonly day: string;
  readonly count: number;
}

/** What a partner may know of orders before they are fulfilled: that they wait. */
@Injectable()
export class ListWaitingOrders {
  constructor(private readonly database: Database) {}

  execute({ companyId, programId, partnershipId, scope }: PartnershipOfPartner): Promise<WaitingOrders[]> {
    return this.database.transaction(scope, (tx) =>
      tx.query<WaitingOrders>(
        `select to_char(placed_at at time zone coalesce(
                  (select time_zone from approvals.published_program_settings
                    where company_id = $1 and program_id = $3 order by effective_from desc limit 1), 'UTC'),
                  'YYYY-MM-DD') as day, count(*)::int as count
           from commissions.published_order
          where company_id = $1 and partnership_id = $2 and state = 'waiting_fulfilment'
          group by 1 order by 1 desc limit 366`,
        [companyId, partnershipId, programId],
      ),
    );
  }
}
