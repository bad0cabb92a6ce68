import { insertRows, type Transaction } from '#database';
import type { Customer } from './customer.js';

/** Writes what the batch learned about the customers, in one statement that finds each by its key. */
export async function saveCustomers(
  tx: Transaction,
  customers: readonly Customer[],
  now: Date,
): Promise<void> {
  await insertRows(
    tx,
    'attribution.customer',
    COLUMNS,
    customers.map((customer) => ({
      company_id: customer.companyId,
      customer_id: customer.customerId,
      customer_key: customer.customerKey,
      email: customer.email,
      signed_up_at: customer.signedUpAt,
      first_paid_at: customer.firstPaidAt,
      last_action_at: customer.lastActionAt,
      partnership_id: customer.binding?.partnershipId ?? null,
      program_id: customer.binding?.programId ?? null,
      bound_by_kind: customer.binding?.by.kind ?? null,
      bound_by_key: customer.binding?.by.subjectKey ?? null,
      bound_at: customer.binding?.by.occurredAt ?? null,
      created_at: now,
    })),
    `on conflict (company_id, customer_id) do update
        set email = excluded.email, signed_up_at = excluded.signed_up_at,
            first_paid_at = excluded.first_paid_at, last_action_at = excluded.last_action_at,
            partnership_id = excluded.partnership_id, program_id = excluded.program_id,
            bound_by_kind = excluded.bound_by_kind, bound_by_key = excluded.bound_by_key,
            bound_at = excluded.bound_at`,
  );
}

const COLUMNS = {
  company_id: 'uuid',
  customer_id: 'uuid',
  customer_key: 'text',
  email: 'text',
  signed_up_at: 'timestamptz',
  first_paid_at: 'timestamptz',
  last_action_at: 'timestamptz',
  partnership_id: 'uuid',
  program_id: 'uuid',
  bound_by_kind: 'text',
  bound_by_key: 'text',
  bound_at: 'timestamptz',
  created_at: 'timestamptz',
};
