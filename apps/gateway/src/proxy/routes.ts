import { type Service, SERVICES } from '#contracts';

/** A path of the public API and whose it is. */
export interface ProxiedRoute {
  readonly path: string;
  readonly service: Service;
  /**
   * `anyone`: the service itself checks who calls (signatures, nobody), so nothing is looked at. `strangers`: nobody
   * signs in; the service is told the address, which it limits by.
   */
  readonly callers: 'anyone' | 'strangers' | 'principals';
}

const PROGRAM = '/v1/partner/programs/:programId';

const OWNED: { readonly [S in Exclude<Service, 'gateway'>]: readonly string[] } = {
  tracking: [
    '/v1/codes',
    '/v1/destination-domains',
    '/v1/integrations',
    '/v1/links',
    '/v1/webhook-requests',
    '/v1/ops/integrations',
    `${PROGRAM}/codes`,
    `${PROGRAM}/links`,
  ],
  attribution: [
    '/v1/attribution-settings',
    '/v1/customers',
    '/v1/decisions',
    `${PROGRAM}/customers`,
    `${PROGRAM}/commissions/:commissionId/trace`,
    `${PROGRAM}/outcomes`,
    `${PROGRAM}/waiting-orders`,
  ],
  commissions: [
    '/v1/commissions',
    '/v1/orders',
    '/v1/evaluations',
    '/v1/offers',
    '/v1/programs/:programId/offers',
    '/v1/programs/:programId/simulations',
    '/v1/programs/:programId/stacking',
    '/v1/payout-batches',
    '/v1/partnerships/:partnershipId/statements',
    '/v1/payouts',
    `${PROGRAM}/balance`,
    `${PROGRAM}/commissions`,
    `${PROGRAM}/offers`,
    `${PROGRAM}/payouts`,
    `${PROGRAM}/statements`,
  ],
  approvals: [
    '/v1/applications',
    '/v1/deals',
    '/v1/leads',
    '/v1/link-requests',
    '/v1/partnerships',
    '/v1/programs',
    '/v1/partner/application-forms',
    '/v1/partner/applications',
    '/v1/partner/programs',
  ],
  messaging: ['/v1/ops/emails', `${PROGRAM}/notices`],
  reconciliation: ['/v1/ops/dead-letters', '/v1/ops/deliveries', '/v1/ops/health'],
};

/**
 * Every path that another service than the gateway serves, each with all below it; the most specific one
 * wins. A test holds it against the services' own routes.
 */
export const PROXIED_ROUTES: readonly ProxiedRoute[] = [
  { path: '/r', service: 'tracking', callers: 'anyone' },
  { path: '/v1/ingest', service: 'tracking', callers: 'anyone' },
  { path: '/v1/proof-keys', service: 'attribution', callers: 'strangers' },
  { path: '/invitation', service: 'approvals', callers: 'strangers' },
  { path: '/v1/invitations', service: 'approvals', callers: 'strangers' },
  ...SERVICES.filter((service) => service !== 'gateway').flatMap((service) =>
    OWNED[service].map((path) => ({ path, service, callers: 'principals' }) as const),
  ),
];
