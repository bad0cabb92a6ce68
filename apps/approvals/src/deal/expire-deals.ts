import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { asId, Clock, type Id } from '#kernel';
import { DEALS_AT_ONCE, EndLapsedDeals } from './end-lapsed-deals.js';

/** Ends registrations of deals whose time is over, in any company. Catches up after any downtime. */
@Injectable()
export class ExpireDeals {
  constructor(
    private readonly database: Database,
    private readonly endLapsedDeals: EndLapsedDeals,
    private readonly clock: Clock,
  ) {}

  /** @returns how many ended */
  async execute(): Promise<number> {
    const now = this.clock.now();
    let ended = 0;
    for (const companyId of await this.#companiesWithLapsedDeals(now)) {
      let count: number;
      do {
        count = await this.database.transaction({ companies: [companyId] }, (tx) =>
          this.endLapsedDeals.execute(tx, companyId, now),
        );
        ended += count;
      } while (count === DEALS_AT_ONCE);
    }
    return ended;
  }

  /** In the sweeper's role, which sees of all tenants only whose registrations end when. */
  #companiesWithLapsedDeals(now: Date): Promise<Id<'Company'>[]> {
    return this.database.as('bus').transaction({ companies: [] }, async (tx) => {
      const rows = await tx.query<{ company_id: string }>(
        `select distinct company_id from approvals.referral
          where kind = 'deal' and state in ('pending', 'open') and expires_at <= $1`,
        [now],
      );
      return rows.map((row) => asId('Company', row.company_id));
    });
  }
}
