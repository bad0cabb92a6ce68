import type { FulfilmentPolicy } from '#contracts';
import type { Transaction } from '#database';
import { asId, type Id, NotFound } from '#kernel';
import type { Integration, IntegrationKind } from './integration.js';

/** An integration as its company sees it. */
export interface IntegrationView extends Integration {
  readonly name: string;
  readonly fulfilmentPolicy: FulfilmentPolicy;
  readonly secrets: readonly { readonly secretId: Id<'IntegrationSecret'>; readonly createdAt: Date }[];
  readonly createdAt: Date;
}

interface Row {
  readonly company_id: string;
  readonly integration_id: string;
  readonly kind: IntegrationKind;
  readonly name: string;
  readonly fulfilment_policy: FulfilmentPolicy;
  readonly secrets: readonly { readonly id: string; readonly at: string }[];
  readonly created_at: string;
}

const SELECT = `select i.company_id, i.integration_id, i.kind, i.name, i.created_at,
    (select p.fulfilment_policy from tracking.integration_fulfilment_policy p
     where (p.company_id, p.integration_id) = (i.company_id, i.integration_id)
     order by p.effective_from desc limit 1) as fulfilment_policy,
    coalesce((select json_agg(json_build_object('id', s.secret_id, 'at', s.created_at) order by s.secret_id)
     from tracking.integration_secret s
     where (s.company_id, s.integration_id) = (i.company_id, i.integration_id)
       and s.revoked_at is null), '[]') as secrets
  from tracking.integration i where i.company_id = $1`;

/** One integration of the company. @throws NotFound */
export async function getIntegration(
  tx: Transaction,
  companyId: Id<'Company'>,
  integrationId: Id<'Integration'>,
): Promise<IntegrationView> {
  const [row] = await tx.query<Row>(`${SELECT} and i.integration_id = $2`, [companyId, integrationId]);
  if (!row) throw new NotFound('integration');
  return viewOf(row);
}

/** The company's integrations, newest first. */
export async function listIntegrations(
  tx: Transaction,
  companyId: Id<'Company'>,
  after: string | null,
  count: number,
): Promise<IntegrationView[]> {
  const rows = await tx.query<Row>(
    `${SELECT} and ($2::uuid is null or i.integration_id < $2) order by i.integration_id desc limit $3`,
    [companyId, after, count],
  );
  return rows.map(viewOf);
}

const viewOf = (row: Row): IntegrationView => ({
  companyId: asId('Company', row.company_id),
  integrationId: asId('Integration', row.integration_id),
  kind: row.kind,
  name: row.name,
  fulfilmentPolicy: row.fulfilment_policy,
  secrets: row.secrets.map(({ id, at }) => ({
    secretId: asId('IntegrationSecret', id),
    createdAt: new Date(at),
  })),
  createdAt: new Date(row.created_at),
});
