import type { FulfilmentPolicy } from '#contracts';
import type { Id } from '#kernel';

/** Platforms whose webhooks we read. `native` is our own format, for a company's own backend. */
export const INTEGRATION_KINDS = ['native', 'stripe'] as const;
export type IntegrationKind = (typeof INTEGRATION_KINDS)[number];

/** Shops ship, so orders are earned at the first fulfilment; billing is earned when paid. */
export const DEFAULT_FULFILMENT_POLICY: Readonly<Record<IntegrationKind, FulfilmentPolicy>> = {
  native: 'first',
  stripe: 'none',
};

/** Purpose under which signing secrets are sealed. */
export const SECRET_PURPOSE = 'integration-signing-secret';

export interface Integration {
  readonly companyId: Id<'Company'>;
  readonly integrationId: Id<'Integration'>;
  readonly kind: IntegrationKind;
}
