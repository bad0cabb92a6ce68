import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { type Id, NotFound } from '#kernel';
import type { DeliveryState, Failure } from './delivery-state.js';

/** How far one consumer has got with an event. Times are PostgreSQL's text of a timestamptz. */
export interface DeliveryLine {
  readonly consumer: string;
  readonly eventType: string;
  readonly state: DeliveryState;
  /** Why it waits or was ignored. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly dueAt: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly failure: Failure | null;
}

/** The path of one event: every consumer's delivery. */
@Injectable()
export class ListDeliveries {
  constructor(private readonly database: Database) {}

  /** @throws NotFound when the company has no such event */
  execute(companyId: Id<'Company'>, eventId: Id<'Event'>): Promise<DeliveryLine[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const lines = await tx.query<DeliveryLine>(
        `select consumer, event_type as "eventType", state, reason, attempts, due_at as "dueAt",
                created_at as "createdAt", finished_at as "finishedAt", error as failure
           from bus.delivery where company_id = $1 and event_id = $2 order by consumer`,
        [companyId, eventId],
      );
      if (lines.length === 0) throw new NotFound('event');
      return lines;
    });
  }
}
