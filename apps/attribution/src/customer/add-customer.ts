import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, Conflict, type Id, InvalidField } from '#kernel';
import { isActive, type Membership } from '#rules';
import { NO_EVIDENCE } from '../decision/action.js';
import { changeOf, recordChanges } from '../decision/customer-change.js';
import type { Customer } from '../decision/customer.js';
import type { Fact } from '../decision/fact.js';
import { lockCustomers } from '../decision/lock-customers.js';
import { readSettings } from '../decision/settings.js';
import { redecide } from '../decision/redecide.js';
import { assign, requireMembership } from './assignment.js';
import { type CompanyCustomer, readCompanyCustomer } from './company-customer.js';

/** A customer that a partner referred and no platform told of. */
export interface CustomerDraft {
  readonly customerKey: string;
  readonly email: string | null;
  readonly partnershipId: Id<'Partnership'>;
  /** When the customer signed up; null for now. */
  readonly signedUpAt: Date | null;
  readonly reason: string;
}

/** The company adds a customer by hand: a signup of its own, credited to the partner it names. */
@Injectable()
export class AddCustomer {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly publisher: Publisher,
  ) {}

  /**
   * @throws InvalidInput `customer.partnership_unknown`, `customer.signed_up_in_future`, `customer.not_a_member`
   * @throws Conflict `customer.known`
   */
  execute(
    company: CompanyPrincipal,
    draft: CustomerDraft,
    request: IdempotentRequest,
  ): Promise<CompanyCustomer> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const now = this.clock.now();
      const signedUpAt = draft.signedUpAt ?? now;
      const membership = await requireMembership(tx, companyId, draft.partnershipId);
      refuseTime(signedUpAt, membership, now);
      const customer = await lockUnknown(tx, companyId, draft.customerKey, now);
      const assigned = await assign(tx, customer, {
        membership,
        reason: draft.reason,
        actor: actorOf(company),
        assignedAt: now,
      });
      const settings = await readSettings(tx, [companyId]);
      const arrival = {
        customer: assigned,
        facts: [signupOf(assigned, draft, signedUpAt)],
        clicks: [],
        event: null,
      };
      const decided = await redecide(tx, [arrival], settings, 'move');
      const changes = decided.flatMap((again) => (again ? [changeOf(again, 'company')] : []));
      await recordChanges(tx, this.publisher, changes, now);
      return readCompanyCustomer(tx, companyId, customer.customerId);
    });
  }
}

function refuseTime(signedUpAt: Date, membership: Membership, now: Date): void {
  if (signedUpAt > now) {
    throw new InvalidField('customer.signed_up_in_future', 'signedUpAt', 'must not lie in the future');
  }
  if (isActive(membership, signedUpAt)) return;
  throw new InvalidField(
    'customer.not_a_member',
    'signedUpAt',
    'must lie within the time in which the partner was an approved member of the program',
  );
}

/** The customer, created: one that is known already is given to a partner by another command. */
async function lockUnknown(
  tx: Transaction,
  companyId: Id<'Company'>,
  customerKey: string,
  now: Date,
): Promise<Customer> {
  const [customer] = (await lockCustomers(tx, [{ companyId, customerKey }], now)).values();
  if (customer?.lastActionAt === null && customer.assignmentId === null && !customer.isDeleted)
    return customer;
  throw new Conflict(
    'customer.known',
    'You have a customer of this key already. Find it by GET /v1/customers?customerKey=… and give it to a ' +
      'partner by POST /v1/customers/{customerId}/attribution.',
  );
}

const signupOf = (
  { companyId, customerKey }: Customer,
  { email }: CustomerDraft,
  occurredAt: Date,
): Fact => ({
  companyId,
  kind: 'signup',
  subjectKey: customerKey,
  subject: { kind: 'signup', customerKey },
  customerKey,
  email,
  occurredAt,
  ...NO_EVIDENCE,
  submittedBy: null,
  cancelledAt: null,
  event: null,
  supersedes: null,
});
