import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery } from '#http';
import type { Id } from '#kernel';
import {
  type CompanyCustomer,
  type CustomerState,
  readCompanyCustomer,
  readCompanyCustomers,
} from './company-customer.js';

/** The company's customers, newest first, bound to a partner or not, deleted ones among them. */
@Injectable()
export class ListCustomers {
  constructor(private readonly database: Database) {}

  /**
   * @param only the customer that the company calls so, and customers in that state; null for all
   * @returns one more than the limit when there is a next page
   */
  execute(
    companyId: Id<'Company'>,
    only: { readonly customerKey: string | null; readonly state: CustomerState | null },
    page: PageQuery,
  ): Promise<CompanyCustomer[]> {
    const filter = { ...only, customerId: null, before: cursorId(page) };
    return this.database.transaction(companyScope(companyId), (tx) =>
      readCompanyCustomers(tx, companyId, filter, page.limit + 1),
    );
  }

  /** @throws NotFound */
  one(companyId: Id<'Company'>, customerId: Id<'Customer'>): Promise<CompanyCustomer> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      readCompanyCustomer(tx, companyId, customerId),
    );
  }
}
