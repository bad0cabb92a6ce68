import type { Transaction } from '#database';
import type { Id } from '#kernel';

/** The request a webhook came by, as tracking keeps it (bodies for 90 days). */
export interface RawWebhook {
  readonly requestId: string;
  readonly integrationId: string;
  /** The sender's own id of the event. */
  readonly externalId: string;
  readonly receivedAt: string;
  readonly body: string;
}

/** The raw request behind a `webhook.received`; null for other events and once its body has expired. */
export async function readRawWebhook(
  tx: Transaction,
  companyId: Id<'Company'>,
  eventType: string,
  data: Readonly<Record<string, unknown>>,
): Promise<RawWebhook | null> {
  if (eventType !== 'webhook.received' || typeof data.requestId !== 'string') return null;
  const [request] = await tx.query<RawWebhook>(
    `select request_id as "requestId", integration_id as "integrationId", external_id as "externalId",
            received_at as "receivedAt", body
       from tracking.published_webhook_request where company_id = $1 and request_id = $2`,
    [companyId, data.requestId],
  );
  return request ?? null;
}
