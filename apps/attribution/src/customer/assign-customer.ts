import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import { changeOf, recordChanges } from '../decision/customer-change.js';
import { readSettings } from '../decision/settings.js';
import { type PaidPolicy, redecide } from '../decision/redecide.js';
import { assign, requireMembership } from './assignment.js';
import { type CompanyCustomer, readCompanyCustomer } from './company-customer.js';
import { lockLiveCustomer } from './lock-customer.js';

export interface NewAttribution {
  /** Null: the customer is nobody's. */
  readonly partnershipId: Id<'Partnership'> | null;
  readonly reason: string;
  /** What becomes of events whose commissions are paid: they stay where they are, or move too. */
  readonly paid: Exclude<PaidPolicy, 'freeze'>;
}

/**
 * The company says by hand whose a customer is. All its events are decided again by that word, each by who was a
 * member at its own time; what comes later goes by it too, whatever is clicked.
 */
@Injectable()
export class AssignCustomer {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly publisher: Publisher,
  ) {}

  /**
   * @throws NotFound
   * @throws InvalidInput `customer.partnership_unknown`
   * @throws Conflict `customer.deleted`
   */
  execute(
    company: CompanyPrincipal,
    customerId: Id<'Customer'>,
    { partnershipId, reason, paid }: NewAttribution,
    request: IdempotentRequest,
  ): Promise<CompanyCustomer> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const now = this.clock.now();
      const customer = await lockLiveCustomer(tx, companyId, customerId, now);
      const membership = partnershipId && (await requireMembership(tx, companyId, partnershipId));
      const actor = actorOf(company);
      const assigned = await assign(tx, customer, { membership, reason, actor, assignedAt: now });
      const settings = await readSettings(tx, [companyId]);
      const arrival = { customer: assigned, facts: [], clicks: [], event: null };
      const decided = await redecide(tx, [arrival], settings, paid);
      const changes = decided.flatMap((again) => (again ? [changeOf(again, 'company')] : []));
      await recordChanges(tx, this.publisher, changes, now);
      return readCompanyCustomer(tx, companyId, customerId);
    });
  }
}
