import type { Transaction } from '#database';
import { type Id, InvalidField, newId } from '#kernel';
import type { Membership } from '#rules';
import type { Customer } from '../decision/customer.js';
import { readMemberships } from '../decision/memberships.js';

/** Who says whose a customer is, and why. */
export interface Assignment {
  /** Null: nobody's. */
  readonly membership: Membership | null;
  /** Shown to the partners concerned. */
  readonly reason: string;
  readonly actor: string;
  readonly assignedAt: Date;
}

/**
 * Records the company's word. The customer is locked, and is written with the decisions that follow.
 * @returns the customer as it is from now on
 */
export async function assign(
  tx: Transaction,
  customer: Customer,
  { membership, reason, actor, assignedAt }: Assignment,
): Promise<Customer> {
  const assignmentId = newId('Assignment');
  const { companyId, customerId } = customer;
  await tx.query(
    `insert into attribution.assignment
       (company_id, assignment_id, customer_id, partnership_id, program_id, reason, actor, assigned_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      companyId,
      assignmentId,
      customerId,
      membership?.partnershipId ?? null,
      membership?.programId ?? null,
      reason,
      actor,
      assignedAt,
    ],
  );
  await tx.query(
    'update attribution.customer set assignment_id = $3 where company_id = $1 and customer_id = $2',
    [companyId, customerId, assignmentId],
  );
  return {
    ...customer,
    assignmentId,
    binding: membership && {
      partnershipId: membership.partnershipId,
      programId: membership.programId,
      by: { kind: 'manual', subjectKey: assignmentId, occurredAt: assignedAt },
    },
  };
}

/** @throws InvalidInput `customer.partnership_unknown` unless it is the company's and was approved at some time */
export async function requireMembership(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
): Promise<Membership> {
  const memberships = await readMemberships(tx, [{ companyId, partnershipId }]);
  const membership = memberships.get(partnershipId);
  if (membership && membership.periods.length > 0) return membership;
  throw new InvalidField(
    'customer.partnership_unknown',
    'partnershipId',
    'must be a partnership of yours that you have approved',
  );
}
