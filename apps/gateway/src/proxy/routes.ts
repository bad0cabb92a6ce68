import type { Service } from '#contracts';

/** A path of the public API and whose it is. */
export interface ProxiedRoute {
  readonly path: string;
  readonly service: Service;
  /** `anyone`: the service itself checks who calls (signatures, nobody), so credentials are not looked at. */
  readonly callers: 'anyone' | 'principals';
}

const ownedBy =
  (service: Service, callers: ProxiedRoute['callers'] = 'principals') =>
  (path: string): ProxiedRoute => ({ path, service, callers });

/**
 * Every path that another service than the gateway serves, each with all below it; the most specific one
 * wins. A test holds it against the services' own routes.
 */
export const PROXIED_ROUTES: readonly ProxiedRoute[] = [
  ...['/r', '/v1/ingest'].map(ownedBy('tracking', 'anyone')),
  ...['/v1/integrations', '/v1/links', '/v1/clicks', '/v1/partner/programs/:programId/links'].map(
    ownedBy('tracking'),
  ),
  ...['/v1/programs', '/v1/applications', '/v1/partnerships', '/v1/partner/programs'].map(
    ownedBy('approvals'),
  ),
  ...[
    '/v1/customers',
    '/v1/decisions',
    '/v1/partner/programs/:programId/customers',
    '/v1/partner/programs/:programId/outcomes',
    '/v1/partner/programs/:programId/waiting-orders',
    '/v1/partner/programs/:programId/commissions/:commissionId/trace',
  ].map(ownedBy('attribution')),
];
