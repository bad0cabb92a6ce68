import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import type { CustomerDeleted } from '#contracts';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import type { Customer } from '../decision/customer.js';
import { membershipFor, readMemberships } from '../decision/memberships.js';
import { type CompanyCustomer, readCompanyCustomer } from './company-customer.js';
import { lockLiveCustomer } from './lock-customer.js';
import { readVisibleCustomer } from './visible-customers.js';

export type CustomerDeletion = Pick<CustomerDeleted, 'reason' | 'note' | 'commissions'>;

/**
 * The company deletes a customer (B-40): events decided from now on credit nobody. The row stays, with the reason,
 * and the partner goes on seeing both (B-47). What becomes of its commissions is up to the company.
 */
@Injectable()
export class DeleteCustomer {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly publisher: Publisher,
  ) {}

  /**
   * @throws NotFound
   * @throws Conflict `customer.deleted`
   */
  execute(
    company: CompanyPrincipal,
    customerId: Id<'Customer'>,
    deletion: CustomerDeletion,
    request: IdempotentRequest,
  ): Promise<CompanyCustomer> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const now = this.clock.now();
      const customer = await lockLiveCustomer(tx, companyId, customerId, now);
      await tx.query(
        `update attribution.customer
            set deleted_at = $3, deletion_reason = $4, deletion_note = $5, deleted_by = $6
          where company_id = $1 and customer_id = $2`,
        [companyId, customerId, now, deletion.reason, deletion.note, actorOf(company)],
      );
      const data = { customerId, ...deletion, seenBy: await whoSees(tx, customer) };
      await this.publisher.publish(tx, [{ type: 'customer.deleted', companyId, occurredAt: now, data }]);
      return readCompanyCustomer(tx, companyId, customerId);
    });
  }
}

async function whoSees(
  tx: Transaction,
  { companyId, customerId, binding }: Customer,
): Promise<CustomerDeleted['seenBy']> {
  if (!binding) return null;
  const { partnershipId, programId } = binding;
  const visible = await readVisibleCustomer(tx, { companyId, partnershipId }, customerId);
  if (!visible) return null;
  const memberships = await readMemberships(tx, [{ companyId, partnershipId }]);
  const { partnerId } = membershipFor(partnershipId, memberships);
  return { partnershipId, partnerId, programId, customerSince: visible.boundAt.toISOString() };
}
