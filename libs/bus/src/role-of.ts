import type { Service } from '#contracts';
import type { DatabaseRole } from '#database';

/** The gateway owns the schema "access"; every other service's role has its name. */
export function roleOf(service: Service): DatabaseRole {
  return service === 'gateway' ? 'access' : service;
}
