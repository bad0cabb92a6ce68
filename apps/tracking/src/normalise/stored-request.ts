import type { Delivery } from '#bus';
import type { FulfilmentPolicy } from '#contracts';
import type { Transaction } from '#database';
import { type Effective, inForceOrFirst } from '#kernel';
import { type Mapping, NO_MAPPING } from '../adapters/native/mapping.js';
import type { IntegrationKind } from '../integration/integration.js';

type WebhookDelivery = Delivery<'webhook.received'>;

/** A stored webhook with all that is needed to read it. */
export interface StoredRequest {
  readonly delivery: WebhookDelivery;
  readonly receivedAt: Date;
  /** As stored, or as the newest revision replaced it; null when it is past its 90 days. */
  readonly body: Buffer | null;
  readonly rules: ReadingRules;
}

/** How an integration's webhooks are read. */
export interface ReadingRules {
  readonly kind: IntegrationKind;
  /** The newest version; also for what arrived before it. */
  readonly mapping: Mapping;
  readonly policies: readonly (Effective & { readonly policy: FulfilmentPolicy })[];
}

/** The policy in force at the event's own time; the first one for what happened before it. */
export function policyAt({ policies }: ReadingRules, occurredAt: Date): FulfilmentPolicy {
  const setting = inForceOrFirst(policies, occurredAt);
  if (!setting) throw new Error('an integration has no fulfilment policy');
  return setting.policy;
}

/** The requests of a batch, in order, read in two statements. */
export async function loadRequests(
  tx: Transaction,
  deliveries: readonly WebhookDelivery[],
): Promise<StoredRequest[]> {
  const rules = await loadRules(tx, deliveries);
  const bodies = await loadBodies(tx, deliveries);
  return deliveries.map((delivery) => {
    const { integrationId, requestId, receivedAt, body } = delivery.data;
    const found = rules.get(integrationId);
    if (!found) throw new Error(`integration ${integrationId} of a stored request is missing`);
    return {
      delivery,
      receivedAt: new Date(receivedAt),
      body: body === undefined ? (bodies.get(requestId) ?? null) : Buffer.from(body),
      rules: found,
    };
  });
}

async function loadBodies(tx: Transaction, deliveries: readonly WebhookDelivery[]) {
  const stored = deliveries.filter(({ data }) => data.body === undefined);
  const rows = await tx.query<{ request_id: string; body: Buffer }>(
    `select request_id, body from unnest($1::uuid[], $2::uuid[]) as wanted(company_id, request_id)
       join tracking.raw_body using (company_id, request_id)`,
    [stored.map(({ companyId }) => companyId), stored.map(({ data }) => data.requestId)],
  );
  return new Map(rows.map((row) => [row.request_id, row.body]));
}

async function loadRules(
  tx: Transaction,
  deliveries: readonly WebhookDelivery[],
): Promise<Map<string, ReadingRules>> {
  const rows = await tx.query<{
    integration_id: string;
    kind: IntegrationKind;
    mapping: Mapping | null;
    policies: { from: string; policy: FulfilmentPolicy }[];
  }>(
    `select i.integration_id, i.kind,
       (select m.mapping from tracking.integration_mapping m
        where (m.company_id, m.integration_id) = (i.company_id, i.integration_id)
        order by m.version desc limit 1) as mapping,
       (select json_agg(json_build_object('from', p.effective_from, 'policy', p.fulfilment_policy))
        from tracking.integration_fulfilment_policy p
        where (p.company_id, p.integration_id) = (i.company_id, i.integration_id)) as policies
     from tracking.integration i
     where i.company_id = any($1::uuid[]) and i.integration_id = any($2::uuid[])`,
    [
      [...new Set(deliveries.map(({ companyId }) => companyId))],
      [...new Set(deliveries.map(({ data }) => data.integrationId))],
    ],
  );
  return new Map(
    rows.map((row) => [
      row.integration_id,
      {
        kind: row.kind,
        mapping: row.mapping ?? NO_MAPPING,
        policies: row.policies.map(({ from, policy }) => ({ effectiveFrom: new Date(from), policy })),
      },
    ]),
  );
}
