import { publishedFrom } from '#bus';
import type { EventMap, EventType } from '#contracts';
import type { RoleStatements } from '#database';
import type { ReceivedRequest } from './received-request.js';

export const WEBHOOK_RECEIVED: EventType = 'webhook.received';

/**
 * Stores those requests whose key is new, with their bodies and events, in one statement that commits by
 * itself: one round trip from here to durable.
 *
 * @param requests each of another key, in the order of keys
 * @returns the ids of those that were new
 */
export async function storeFresh(
  statements: RoleStatements,
  requests: readonly ReceivedRequest[],
): Promise<ReadonlySet<string>> {
  const rows = await statements.query<{ request_id: string }>(STORE_FRESH, parametersOf(requests));
  return new Set(rows.map((row) => row.request_id));
}

/**
 * Bodies travel as one binary value, cut up by PostgreSQL: neither base64 nor hex on the way. The event's id
 * is the request's: one look-up finds what became of a request.
 */
const STORE_FRESH = `
  with input as (
    select * from json_to_recordset($1::json) as r(company_id uuid, integration_id uuid, external_id text,
      content_hash text, request_id uuid, event_type text, received_at timestamptz, headers jsonb,
      body_from int, body_length int, data jsonb)
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
  ), event as (
    select company_id, request_id as event_id, '${WEBHOOK_RECEIVED}' as type, received_at as occurred_at,
      request_id as correlation_id, null::uuid as causation_id, data
    from input join fresh using (request_id)
  ), ${publishedFrom('event')}
  select request_id from fresh`;

function parametersOf(requests: readonly ReceivedRequest[]): [string, Buffer] {
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
      data: webhookReceived(request),
    };
    from += request.body.length;
    return row;
  });
  return [JSON.stringify(rows), Buffer.concat(requests.map(({ body }) => body))];
}

const webhookReceived = (request: ReceivedRequest): EventMap['webhook.received'] => ({
  integrationId: request.integration.integrationId,
  requestId: request.requestId,
  externalId: request.externalId,
  receivedAt: request.receivedAt.toISOString(),
});
