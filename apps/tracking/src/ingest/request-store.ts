import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database, insertRows, type Transaction } from '#database';
import { type Id, newId } from '#kernel';
import type { Receipt, ReceivedRequest } from './received-request.js';

interface StoredKey {
  readonly requestId: Id<'WebhookRequest'>;
  readonly contentHash: string;
}

/**
 * Makes a batch of requests durable in one transaction: the keys for ever, the bodies, and
 * `webhook.received` for the normaliser. Runs in the role `bus`, the only one that passes tenants.
 */
@Injectable()
export class RequestStore {
  readonly #database: Database;

  constructor(
    database: Database,
    private readonly publisher: Publisher,
  ) {
    this.#database = database.as('bus');
  }

  store(requests: readonly ReceivedRequest[]): Promise<readonly Receipt[]> {
    const firsts = firstOfEachKey(requests);
    const companies = [...new Set(requests.map(({ integration }) => integration.companyId))];
    return this.#database.transaction(companyScope(...companies), async (tx) => {
      const keys = await this.#claim(tx, firsts);
      const receipts = requests.map((request) => receiptOf(request, keys.get(keyOf(request))));
      await storeConflicts(tx, requests, receipts);
      return receipts;
    });
  }

  /** Who owns each key of the batch: the request of ours that is new, or the one stored before it. */
  async #claim(tx: Transaction, firsts: readonly ReceivedRequest[]): Promise<Map<string, StoredKey>> {
    const freshIds = new Set(
      (await tx.query<{ request_id: string }>(INSERT_FRESH, insertParameters(firsts))).map(
        (row) => row.request_id,
      ),
    );
    const fresh = firsts.filter(({ requestId }) => freshIds.has(requestId));
    const keys = new Map<string, StoredKey>(fresh.map((request) => [keyOf(request), request]));
    if (fresh.length > 0) await this.publisher.publish(tx, fresh.map(webhookReceived));
    if (fresh.length < firsts.length) {
      const others = firsts.filter(({ requestId }) => !freshIds.has(requestId));
      for (const [key, stored] of await readKeys(tx, others)) keys.set(key, stored);
    }
    return keys;
  }
}

/** The event's id is the request's: one look-up finds what became of a request. */
const webhookReceived = (request: ReceivedRequest) => ({
  type: 'webhook.received' as const,
  companyId: request.integration.companyId,
  eventId: request.requestId as string as Id<'Event'>,
  occurredAt: request.receivedAt,
  data: {
    integrationId: request.integration.integrationId,
    requestId: request.requestId,
    externalId: request.externalId,
    receivedAt: request.receivedAt.toISOString(),
  },
});

/** Bodies travel as one binary value, cut up by PostgreSQL: neither base64 nor hex on the way. */
const INSERT_FRESH = `
  with input as (
    select * from json_to_recordset($1::json) as r(company_id uuid, integration_id uuid, external_id text,
      content_hash text, request_id uuid, event_type text, received_at timestamptz, headers jsonb,
      body_from int, body_length int)
  ), fresh as (
    insert into tracking.request_key
      (company_id, integration_id, external_id, content_hash, request_id, received_at)
    select company_id, integration_id, external_id, decode(content_hash, 'hex'), request_id, received_at
    from input on conflict do nothing returning request_id
  ), stored as (
    insert into tracking.raw_body
      (company_id, request_id, integration_id, external_id, event_type, received_at, headers, body)
    select company_id, request_id, integration_id, external_id, event_type, received_at, headers,
      substring($2::bytea from body_from for body_length)
    from input join fresh using (request_id)
  )
  select request_id from fresh`;

function insertParameters(requests: readonly ReceivedRequest[]): [string, Buffer] {
  let from = 1;
  const rows = requests.map((request) => {
    const row = {
      company_id: request.integration.companyId,
      integration_id: request.integration.integrationId,
      external_id: request.externalId,
      content_hash: request.contentHash,
      request_id: request.requestId,
      event_type: request.eventType,
      received_at: request.receivedAt,
      headers: request.headers,
      body_from: from,
      body_length: request.body.length,
    };
    from += request.body.length;
    return row;
  });
  return [JSON.stringify(rows), Buffer.concat(requests.map(({ body }) => body))];
}

async function readKeys(tx: Transaction, requests: readonly ReceivedRequest[]) {
  const rows = await tx.query<{
    integration_id: string;
    external_id: string;
    content_hash: string;
    request_id: Id<'WebhookRequest'>;
  }>(
    `select k.integration_id, k.external_id, encode(k.content_hash, 'hex') as content_hash, k.request_id
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as wanted(company_id, integration_id, external_id)
       join tracking.request_key k using (company_id, integration_id, external_id)`,
    [
      requests.map(({ integration }) => integration.companyId),
      requests.map(({ integration }) => integration.integrationId),
      requests.map(({ externalId }) => externalId),
    ],
  );
  return rows.map((row): [string, StoredKey] => [
    `${row.integration_id} ${row.external_id}`,
    { requestId: row.request_id, contentHash: row.content_hash },
  ]);
}

const keyOf = ({ integration, externalId }: ReceivedRequest) => `${integration.integrationId} ${externalId}`;

/** Inside a batch the first wins. Key order, so that two batches never wait for each other in a circle. */
function firstOfEachKey(requests: readonly ReceivedRequest[]): ReceivedRequest[] {
  const firsts = new Map<string, ReceivedRequest>();
  for (const request of requests) {
    const key = keyOf(request);
    if (!firsts.has(key)) firsts.set(key, request);
  }
  return [...firsts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, request]) => request);
}

/** Our own id in the stored row means accepted, also when an earlier try committed without our knowing. */
function receiptOf(request: ReceivedRequest, stored: StoredKey | undefined): Receipt {
  if (!stored) throw new Error('a request key vanished while it was read');
  const { requestId } = stored;
  if (requestId === request.requestId) return { status: 'accepted', requestId };
  const isSame = stored.contentHash === request.contentHash;
  return { status: isSame ? 'duplicate' : 'conflict', requestId };
}

/** The same id with other content: kept once per content, for the company to look at; it has no effect. */
async function storeConflicts(
  tx: Transaction,
  requests: readonly ReceivedRequest[],
  receipts: readonly Receipt[],
): Promise<void> {
  const rows = requests.flatMap((request, index) => {
    const receipt = receipts[index];
    if (receipt?.status !== 'conflict') return [];
    return {
      company_id: request.integration.companyId,
      conflict_id: newId('WebhookConflict'),
      integration_id: request.integration.integrationId,
      external_id: request.externalId,
      content_hash: `\\x${request.contentHash}`,
      request_id: receipt.requestId,
      received_at: request.receivedAt,
      body: `\\x${request.body.toString('hex')}`,
    };
  });
  await insertRows(tx, 'tracking.request_conflict', CONFLICT_COLUMNS, rows, 'on conflict do nothing');
}

const CONFLICT_COLUMNS = {
  company_id: 'uuid',
  conflict_id: 'uuid',
  integration_id: 'uuid',
  external_id: 'text',
  content_hash: 'bytea',
  request_id: 'uuid',
  received_at: 'timestamptz',
  body: 'bytea',
};
