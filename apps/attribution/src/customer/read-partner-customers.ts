import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import { asId, type Id, NotFound } from '#kernel';
import type { CustomerState } from './company-customer.js';
import { readVisibleCustomer, readVisibleCustomers, type VisibleCustomer } from './visible-customers.js';

/** A partner reads its own customers. */
@Injectable()
export class ReadPartnerCustomers {
  constructor(private readonly database: Database) {}

  /** @returns one more than the limit when there is a next page */
  list(
    partnership: PartnershipOfPartner,
    state: CustomerState | null,
    page: PageQuery,
  ): Promise<VisibleCustomer[]> {
    const cursor = cursorId(page);
    const before = cursor === null ? null : asId('Customer', cursor);
    return this.database.transaction(partnership.scope, (tx) =>
      readVisibleCustomers(tx, partnership, state, before, page.limit + 1),
    );
  }

  /** @throws NotFound also while the customer is hidden */
  async one(partnership: PartnershipOfPartner, customerId: Id<'Customer'>): Promise<VisibleCustomer> {
    const customer = await this.database.transaction(partnership.scope, (tx) =>
      readVisibleCustomer(tx, partnership, customerId),
    );
    if (!customer) throw new NotFound('customer');
    return customer;
  }
}
