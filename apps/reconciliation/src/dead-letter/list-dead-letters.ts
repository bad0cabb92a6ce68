import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Id } from '#kernel';
import type { DeadLetterPosition } from './dead-letter-cursor.js';
import { CompaniesWithDeadLetters } from './companies-with-dead-letters.js';

/** Which dead letters to list; null means any. Times bound the moment of dying, half-open. */
export interface DeadLetterFilter {
  readonly companyId: Id<'Company'> | null;
  readonly consumer: string | null;
  readonly eventType: string | null;
  readonly code: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
}

/** A delivery that cannot succeed as it is, in one line. Times are PostgreSQL's text of a timestamptz. */
export interface DeadLetterLine {
  readonly companyId: Id<'Company'>;
  readonly eventId: Id<'Event'>;
  readonly consumer: string;
  readonly eventType: string;
  readonly occurredAt: string;
  readonly diedAt: string;
  readonly attempts: number;
  readonly code: string;
  readonly message: string;
  readonly revision: number;
}

/** Dead letters of one company or of all, the latest death first. */
@Injectable()
export class ListDeadLetters {
  constructor(
    private readonly database: Database,
    private readonly companies: CompaniesWithDeadLetters,
  ) {}

  /** @returns up to `limit + 1` lines, so that the caller can tell whether there are more */
  async execute(
    filter: DeadLetterFilter,
    after: DeadLetterPosition | null,
    limit: number,
  ): Promise<DeadLetterLine[]> {
    const companies = filter.companyId ? [filter.companyId] : await this.companies.execute();
    return this.database.transaction({ companies }, (tx) =>
      tx.query<DeadLetterLine>(LIST, [
        filter.consumer,
        filter.eventType,
        filter.code,
        filter.from,
        filter.until,
        after?.diedAt ?? null,
        after?.eventId ?? null,
        after?.consumer ?? null,
        limit + 1,
        companies,
      ]),
    );
  }
}

const LIST = `
  select d.company_id as "companyId", d.event_id as "eventId", d.consumer, d.event_type as "eventType",
         e.occurred_at as "occurredAt", d.finished_at as "diedAt", d.attempts,
         coalesce(d.error->>'code', 'UNKNOWN') as code, coalesce(d.error->>'message', '') as message,
         (select count(*)::int from bus.event_revision r
           where r.company_id = d.company_id and r.event_id = d.event_id) as revision
    from bus.delivery d join bus.event e using (company_id, event_id)
   where d.state = 'dead' and d.company_id = any ($10::uuid[])
     and ($1::text is null or d.consumer = $1)
     and ($2::text is null or d.event_type = $2)
     and ($3::text is null or d.error->>'code' = $3)
     and ($4::timestamptz is null or d.finished_at >= $4)
     and ($5::timestamptz is null or d.finished_at < $5)
     and ($6::timestamptz is null or (d.finished_at, d.event_id, d.consumer) < ($6, $7::uuid, $8::text))
   order by d.finished_at desc, d.event_id desc, d.consumer desc
   limit $9`;
