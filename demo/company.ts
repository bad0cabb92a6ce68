import type { ApiClient } from './api-client.js';
import { nativeSender, stripeSender, type WebhookSender } from './webhook-sender.js';

/** A company with its program open and its platforms connected. */
export interface Company {
  readonly id: string;
  readonly api: ApiClient;
  readonly programId: string;
  readonly saleOfferId: string;
  readonly shopIntegrationId: string;
  readonly shop: WebhookSender;
  readonly billing: WebhookSender;
}

const SCOPES = [
  'programs:read',
  'programs:write',
  'partners:read',
  'partners:write',
  'referrals:read',
  'referrals:write',
  'integrations:read',
  'integrations:write',
  'customers:write',
  'commissions:write',
  'reports:read',
  'payouts:write',
];

const STRIPE_SECRET = 'whsec_demo_endpoint_secret';

/** An operator opens the account; with its key the company sets up everything else by itself. */
export async function openCompany(operator: ApiClient): Promise<Company> {
  const { id } = await operator.post<{ id: string }>('/v1/ops/companies', {
    name: 'Harbour Coffee',
    supportEmail: 'partners@harbour.example',
  });
  const { secret } = await operator.post<{ secret: string }>(`/v1/ops/companies/${id}/api-keys`, {
    name: 'Shop backend',
    scopes: SCOPES,
  });
  const api = operator.as(secret);
  const shop = await connect(api, { kind: 'native', name: 'Shop' });
  const billing = await connect(api, { kind: 'stripe', name: 'Billing', secret: STRIPE_SECRET });
  const program = await api.post<{ id: string }>('/v1/programs', {
    name: 'Harbour referrals',
    slug: 'referrals',
    timeZone: 'Europe/Berlin',
  });
  await api.post(`/v1/programs/${program.id}/terms`, { text: 'Say that you earn a commission. No spam.' });
  const saleOffer = await createOffer(api, program.id, '20 % in the first year', {
    trigger: 'sale',
    reward: { kind: 'percent', basisPoints: 2000 },
    duration: { kind: 'months', months: 12 },
    holdDays: 30,
  });
  await createOffer(api, program.id, '5 EUR for a signup', {
    trigger: 'signup',
    reward: { kind: 'flat', amount: 500, currency: 'EUR' },
    holdDays: 30,
  });
  return {
    id,
    api,
    programId: program.id,
    saleOfferId: saleOffer.id,
    shopIntegrationId: shop.id,
    shop: nativeSender(api.url, shop.id, shop.secret),
    billing: stripeSender(api.url, billing.id, STRIPE_SECRET),
  };
}

interface Connected {
  readonly id: string;
  readonly newSecret: { readonly secret: string | null } | null;
}

async function connect(api: ApiClient, body: object): Promise<{ id: string; secret: string }> {
  const { id, newSecret } = await api.post<Connected>('/v1/integrations', body);
  return { id, secret: newSecret?.secret ?? '' };
}

function createOffer(api: ApiClient, programId: string, name: string, rule: object): Promise<{ id: string }> {
  return api.post<{ id: string }>(`/v1/programs/${programId}/offers`, { name, rule });
}
