import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery } from '#http';
import type { Id } from '#kernel';

/** A customer as its company sees it. */
export interface CompanyCustomer {
  readonly customerId: Id<'Customer'>;
  readonly customerKey: string;
  readonly email: string | null;
  readonly signedUpAt: Date | null;
  readonly firstPaidAt: Date | null;
  readonly binding: {
    readonly partnershipId: Id<'Partnership'>;
    readonly programId: Id<'Program'>;
    readonly boundAt: Date;
    readonly byKind: 'signup' | 'order';
    readonly byKey: string;
  } | null;
}

interface Row {
  readonly customer_id: Id<'Customer'>;
  readonly customer_key: string;
  readonly email: string | null;
  readonly signed_up_at: string | null;
  readonly first_paid_at: string | null;
  readonly partnership_id: Id<'Partnership'> | null;
  readonly program_id: Id<'Program'> | null;
  readonly bound_at: string | null;
  readonly bound_by_kind: 'signup' | 'order' | null;
  readonly bound_by_key: string | null;
}

/** The company's customers, newest first, bound to a partner or not. */
@Injectable()
export class ListCustomers {
  constructor(private readonly database: Database) {}

  /**
   * @param customerKey only the customer that the company calls so
   * @returns one more than the limit when there is a next page
   */
  async execute(
    companyId: Id<'Company'>,
    customerKey: string | null,
    page: PageQuery,
  ): Promise<CompanyCustomer[]> {
    const rows = await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query<Row>(
        `select customer_id, customer_key, email, signed_up_at, first_paid_at, partnership_id, program_id,
                bound_at, bound_by_kind, bound_by_key
           from attribution.customer
          where company_id = $1 and ($2::text is null or customer_key = $2)
            and ($3::uuid is null or customer_id < $3)
          order by customer_id desc limit $4`,
        [companyId, customerKey, cursorId(page), page.limit + 1],
      ),
    );
    return rows.map(customerOf);
  }
}

function customerOf(row: Row): CompanyCustomer {
  const { partnership_id: partnershipId, program_id: programId, bound_by_kind: byKind } = row;
  return {
    customerId: row.customer_id,
    customerKey: row.customer_key,
    email: row.email,
    signedUpAt: dateOrNull(row.signed_up_at),
    firstPaidAt: dateOrNull(row.first_paid_at),
    binding:
      partnershipId && programId && byKind && row.bound_at !== null
        ? {
            partnershipId,
            programId,
            byKind,
            byKey: row.bound_by_key ?? '',
            boundAt: new Date(row.bound_at),
          }
        : null,
  };
}

const dateOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text));
