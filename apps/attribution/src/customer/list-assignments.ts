import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery } from '#http';
import type { Id } from '#kernel';
import { readCompanyCustomer } from './company-customer.js';

/** What the company said at one time about whose a customer is. */
export interface StoredAssignment {
  readonly assignmentId: Id<'Assignment'>;
  /** Null: nobody's. */
  readonly partnership: {
    readonly partnershipId: Id<'Partnership'>;
    readonly programId: Id<'Program'>;
  } | null;
  readonly reason: string;
  readonly actor: string;
  readonly assignedAt: Date;
}

interface Row {
  readonly assignment_id: Id<'Assignment'>;
  readonly partnership_id: Id<'Partnership'> | null;
  readonly program_id: Id<'Program'> | null;
  readonly reason: string;
  readonly actor: string;
  readonly assigned_at: string;
}

/** All that the company ever said by hand about whose a customer is, newest first; the first one holds. */
@Injectable()
export class ListAssignments {
  constructor(private readonly database: Database) {}

  /**
   * @returns one more than the limit when there is a next page
   * @throws NotFound
   */
  execute(
    companyId: Id<'Company'>,
    customerId: Id<'Customer'>,
    page: PageQuery,
  ): Promise<StoredAssignment[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await readCompanyCustomer(tx, companyId, customerId);
      const rows = await tx.query<Row>(
        `select assignment_id, partnership_id, program_id, reason, actor, assigned_at
           from attribution.assignment
          where company_id = $1 and customer_id = $2 and ($3::uuid is null or assignment_id < $3)
          order by assignment_id desc limit $4`,
        [companyId, customerId, cursorId(page), page.limit + 1],
      );
      return rows.map(assignmentOf);
    });
  }
}

const assignmentOf = (row: Row): StoredAssignment => ({
  assignmentId: row.assignment_id,
  partnership:
    row.partnership_id && row.program_id
      ? { partnershipId: row.partnership_id, programId: row.program_id }
      : null,
  reason: row.reason,
  actor: row.actor,
  assignedAt: new Date(row.assigned_at),
});
