import type { Transaction } from '#database';
import { type Id, InvalidField } from '#kernel';

/** The domains that a company's partners may send visitors to; none listed: any. */
export async function readDestinationDomains(tx: Transaction, companyId: Id<'Company'>): Promise<string[]> {
  const rows = await tx.query<{ domain: string }>(
    'select domain from tracking.destination_domain where company_id = $1 order by domain',
    [companyId],
  );
  return rows.map(({ domain }) => domain);
}

/**
 * A listed domain stands for itself and all below it.
 * @param destinationUrl as `parseDestination` returns it
 * @throws InvalidInput `link.destination_not_allowed` that names the domains
 */
export async function requireAllowedDestination(
  tx: Transaction,
  companyId: Id<'Company'>,
  destinationUrl: string,
): Promise<void> {
  const domains = await readDestinationDomains(tx, companyId);
  const { hostname } = new URL(destinationUrl);
  const isListed = domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
  if (domains.length === 0 || isListed) return;
  throw new InvalidField(
    'link.destination_not_allowed',
    'destinationUrl',
    `must lead to ${domains.join(', ')}`,
  );
}
