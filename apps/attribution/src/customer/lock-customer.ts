import type { Transaction } from '#database';
import { Conflict, type Id, NotFound } from '#kernel';
import type { Customer } from '../decision/customer.js';
import { lockCustomers } from '../decision/lock-customers.js';
import { readCompanyCustomer } from './company-customer.js';

/**
 * Locks one customer for a command of its company.
 * @throws NotFound
 * @throws Conflict `customer.deleted`
 */
export async function lockLiveCustomer(
  tx: Transaction,
  companyId: Id<'Company'>,
  customerId: Id<'Customer'>,
  now: Date,
): Promise<Customer> {
  const { customerKey } = await readCompanyCustomer(tx, companyId, customerId);
  const [customer] = (await lockCustomers(tx, [{ companyId, customerKey }], now)).values();
  if (!customer) throw new NotFound('customer');
  if (customer.isDeleted) {
    throw new Conflict(
      'customer.deleted',
      'You have deleted this customer. Its events credit nobody any more, and this cannot be undone.',
    );
  }
  return customer;
}
