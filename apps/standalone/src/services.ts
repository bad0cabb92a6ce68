import type { ServiceDefinition } from '#bootstrap';
import { APPROVALS } from '../../approvals/src/service.js';
import { ATTRIBUTION } from '../../attribution/src/service.js';
import { COMMISSIONS } from '../../commissions/src/service.js';
import { GATEWAY } from '../../gateway/src/service.js';
import { MESSAGING } from '../../messaging/src/service.js';
import { RECONCILIATION } from '../../reconciliation/src/service.js';
import { TRACKING } from '../../tracking/src/service.js';

/** The product: seven services. */
export const SERVICES: readonly ServiceDefinition[] = [
  GATEWAY,
  TRACKING,
  ATTRIBUTION,
  COMMISSIONS,
  APPROVALS,
  MESSAGING,
  RECONCILIATION,
];
