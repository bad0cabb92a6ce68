import type { Transaction } from '#database';
import { type Id, NotFound } from '#kernel';

/** A request as lists show it; `rowId` orders them and pages through them. */
export interface ListedRequest {
  readonly rowId: string;
  readonly requestId: Id<'WebhookRequest'>;
  readonly integrationId: Id<'Integration'>;
  readonly externalId: string;
  readonly receivedAt: Date;
  /** What became of it; null for a conflict, which has no effect. */
  readonly state: string | null;
  readonly reason: string | null;
  /** What to mend, where it could not be understood. */
  readonly message: string | null;
}

export interface StoredWebhook extends ListedRequest {
  readonly body: Buffer;
  readonly conflicts: readonly { readonly receivedAt: Date; readonly body: Buffer }[];
}

interface Row {
  readonly row_id: string;
  readonly request_id: Id<'WebhookRequest'>;
  readonly integration_id: Id<'Integration'>;
  readonly external_id: string;
  readonly received_at: string;
  readonly state: string | null;
  readonly reason: string | null;
  readonly message: string | null;
}

/** Which requests a list shows. */
export const REQUEST_LISTS = ['all', 'dead', 'conflict'] as const;
export type RequestList = (typeof REQUEST_LISTS)[number];

/** Messages of permanent failures are written for who sent the webhook; others are for operators. */
const STORED = `r.request_id as row_id, r.request_id, r.integration_id, r.external_id, r.received_at,
  d.state, coalesce(d.reason, d.error->>'code') as reason,
  case when d.error->>'class' = 'Permanent' then d.error->>'message' end as message`;

const OF_DELIVERY = "(d.company_id, d.event_id, d.consumer) = (r.company_id, r.request_id, 'tracking')";

/** Each with the company, where to go on and the size of the page. */
const LISTS: Readonly<Record<RequestList, string>> = {
  all: `select ${STORED} from tracking.raw_body r join bus.delivery d on ${OF_DELIVERY}
    where r.company_id = $1 and ($2::uuid is null or r.request_id < $2) order by r.request_id desc limit $3`,
  dead: `select ${STORED} from bus.delivery d join tracking.raw_body r on ${OF_DELIVERY}
    where d.company_id = $1 and d.state = 'dead' and ($2::uuid is null or d.event_id < $2)
    order by d.event_id desc limit $3`,
  conflict: `select conflict_id as row_id, request_id, integration_id, external_id, received_at,
      null as state, null as reason, null as message
    from tracking.request_conflict
    where company_id = $1 and ($2::uuid is null or conflict_id < $2) order by conflict_id desc limit $3`,
};

/** The company's requests, newest first. */
export async function listRequests(
  tx: Transaction,
  companyId: Id<'Company'>,
  list: RequestList,
  after: string | null,
  count: number,
): Promise<ListedRequest[]> {
  const rows = await tx.query<Row>(LISTS[list], [companyId, after, count]);
  return rows.map(listed);
}

/** Each is up to a megabyte, and whoever signs webhooks can send any number under one id. */
const CONFLICTS_SHOWN = 10;

/** One request with its raw body, what became of it, and the newest conflicts with it. @throws NotFound */
export async function getRequest(
  tx: Transaction,
  companyId: Id<'Company'>,
  requestId: Id<'WebhookRequest'>,
): Promise<StoredWebhook> {
  const [row] = await tx.query<Row & { body: Buffer }>(
    `select ${STORED}, r.body from tracking.raw_body r join bus.delivery d on ${OF_DELIVERY}
     where r.company_id = $1 and r.request_id = $2`,
    [companyId, requestId],
  );
  if (!row) throw new NotFound('webhook request');
  const conflicts = await tx.query<{ received_at: string; body: Buffer }>(
    `select received_at, body from tracking.request_conflict
     where company_id = $1 and integration_id = $2 and external_id = $3 order by conflict_id desc limit ${CONFLICTS_SHOWN}`,
    [companyId, row.integration_id, row.external_id],
  );
  return {
    ...listed(row),
    body: row.body,
    conflicts: conflicts.map(({ received_at, body }) => ({ receivedAt: new Date(received_at), body })),
  };
}

const listed = (row: Row): ListedRequest => ({
  rowId: row.row_id,
  requestId: row.request_id,
  integrationId: row.integration_id,
  externalId: row.external_id,
  receivedAt: new Date(row.received_at),
  state: row.state,
  reason: row.reason,
  message: row.message,
});
