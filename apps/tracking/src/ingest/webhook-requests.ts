import type { Transaction } from '#database';
import { type Id, NotFound } from '#kernel';

/** A request as lists show it; `rowId` orders them and pages through them. */
export interface ListedRequest {
  readonly rowId: string;
  readonly requestId: Id<'WebhookRequest'>;
  readonly integrationId: Id<'Integration'>;
  readonly externalId: string;
  readonly receivedAt: Date;
}

export interface StoredWebhook extends ListedRequest {
  readonly body: Buffer;
  readonly state: string;
  readonly reason: string | null;
  readonly conflicts: readonly { readonly receivedAt: Date; readonly body: Buffer }[];
}

interface Row {
  readonly row_id: string;
  readonly request_id: Id<'WebhookRequest'>;
  readonly integration_id: Id<'Integration'>;
  readonly external_id: string;
  readonly received_at: string;
}

const SOURCES = {
  all: { table: 'tracking.raw_body', key: 'request_id' },
  conflict: { table: 'tracking.request_conflict', key: 'conflict_id' },
} as const;

/** The company's requests, newest first. */
export async function listRequests(
  tx: Transaction,
  companyId: Id<'Company'>,
  status: keyof typeof SOURCES,
  after: string | null,
  count: number,
): Promise<ListedRequest[]> {
  const { table, key } = SOURCES[status];
  const rows = await tx.query<Row>(
    `select ${key} as row_id, request_id, integration_id, external_id, received_at from ${table}
     where company_id = $1 and ($2::uuid is null or ${key} < $2) order by ${key} desc limit $3`,
    [companyId, after, count],
  );
  return rows.map(listed);
}

/** One request with its raw body, what became of it, and the conflicts with it. @throws NotFound */
export async function getRequest(
  tx: Transaction,
  companyId: Id<'Company'>,
  requestId: Id<'WebhookRequest'>,
): Promise<StoredWebhook> {
  const [row] = await tx.query<Row & { body: Buffer; state: string; reason: string | null }>(
    `select r.request_id as row_id, r.request_id, r.integration_id, r.external_id, r.received_at, r.body,
       d.state, coalesce(d.reason, d.error->>'code') as reason
     from tracking.raw_body r
       join bus.delivery d on (d.company_id, d.event_id, d.consumer) = (r.company_id, r.request_id, 'tracking')
     where r.company_id = $1 and r.request_id = $2`,
    [companyId, requestId],
  );
  if (!row) throw new NotFound('webhook request');
  const conflicts = await tx.query<{ received_at: string; body: Buffer }>(
    `select received_at, body from tracking.request_conflict
     where company_id = $1 and integration_id = $2 and external_id = $3 order by conflict_id limit 100`,
    [companyId, row.integration_id, row.external_id],
  );
  return {
    ...listed(row),
    body: row.body,
    state: row.state,
    reason: row.reason,
    conflicts: conflicts.map(({ received_at, body }) => ({ receivedAt: new Date(received_at), body })),
  };
}

const listed = (row: Row): ListedRequest => ({
  rowId: row.row_id,
  requestId: row.request_id,
  integrationId: row.integration_id,
  externalId: row.external_id,
  receivedAt: new Date(row.received_at),
});
