import type { ServiceDefinition } from '#bootstrap';
import { applicationSchema } from './application/application.entity.js';
import { ApprovalsModule } from './approvals.module.js';
import { APPROVALS_MIGRATIONS } from './migrations.js';
import { partnershipSchema } from './partnership/partnership.entity.js';
import { referralSchema } from './referral/referral.entity.js';

export const APPROVALS: ServiceDefinition = {
  service: 'approvals',
  module: ApprovalsModule,
  entities: [partnershipSchema, applicationSchema, referralSchema],
  migrations: APPROVALS_MIGRATIONS,
};
