import { insertRows, type Transaction } from '#database';
import { type Id, newId } from '#kernel';
import { keyOf, type Receipt, type ReceivedRequest } from './received-request.js';

/** Tells the requests whose key was stored before them, and keeps the conflicts among them. */
export async function receiveRepeated(
  tx: Transaction,
  requests: readonly ReceivedRequest[],
): Promise<ReadonlyMap<ReceivedRequest, Receipt>> {
  const keys = await readKeys(tx, requests);
  const receipts = new Map(
    requests.map((request) => [request, receiptOf(request, keys.get(keyOf(request)))] as const),
  );
  await storeConflicts(tx, receipts);
  return receipts;
}

interface StoredKey {
  readonly requestId: Id<'WebhookRequest'>;
  readonly contentHash: string;
}

async function readKeys(
  tx: Transaction,
  requests: readonly ReceivedRequest[],
): Promise<Map<string, StoredKey>> {
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
  return new Map(
    rows.map((row) => [
      `${row.integration_id} ${row.external_id}`,
      { requestId: row.request_id, contentHash: row.content_hash },
    ]),
  );
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
  receipts: ReadonlyMap<ReceivedRequest, Receipt>,
): Promise<void> {
  const rows = [...receipts].flatMap(([request, receipt]) => {
    if (receipt.status !== 'conflict') return [];
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
