import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { NotFound } from '#kernel';
import type { DeliveryKey } from '../delivery/delivery-key.js';
import { type RawWebhook, readRawWebhook } from '../delivery/read-raw-webhook.js';
import { type Change, changesBetween } from './changes.js';
import type { JsonObject } from './revised-data.js';

/** One state of an event's data; revision 0 is the original, which has no author, reason or changes. */
export interface Revision {
  readonly revision: number;
  readonly data: JsonObject;
  readonly reason: string | null;
  readonly actor: string | null;
  readonly createdAt: string;
  readonly changes: Change[];
}

interface RevisionRow extends Omit<Revision, 'changes'> {
  readonly eventType: string;
}

/** The history of an event's data, oldest first, each with what it changed. */
@Injectable()
export class ListRevisions {
  constructor(private readonly database: Database) {}

  /** @throws NotFound when the company has no such event */
  execute(key: Pick<DeliveryKey, 'companyId' | 'eventId'>): Promise<Revision[]> {
    return this.database.transaction(companyScope(key.companyId), async (tx) => {
      const rows = await tx.query<RevisionRow>(
        `select 0 as revision, type as "eventType", data, null as reason, null as actor,
                recorded_at as "createdAt"
           from bus.event where company_id = $1 and event_id = $2
         union all
         select revision, '', data, reason, actor, created_at
           from bus.event_revision where company_id = $1 and event_id = $2
         order by revision`,
        [key.companyId, key.eventId],
      );
      const [original] = rows;
      if (!original) throw new NotFound('event');
      const webhook = await readRawWebhook(tx, key.companyId, original.eventType, original.data);
      return rows.map((row, index) => shown(row, rows[index - 1], webhook));
    });
  }
}

function shown(row: RevisionRow, previous: RevisionRow | undefined, webhook: RawWebhook | null): Revision {
  const { eventType: _, createdAt, ...rest } = row;
  return {
    ...rest,
    createdAt: new Date(createdAt).toISOString(),
    changes: previous ? changesBetween(withBody(previous.data, webhook), withBody(row.data, webhook)) : [],
  };
}

/** An original webhook has its body in the raw request, not in the event. */
function withBody(data: JsonObject, webhook: RawWebhook | null): JsonObject {
  return webhook && data.body === undefined ? { ...data, body: webhook.body } : data;
}
