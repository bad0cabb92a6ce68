import { Injectable } from '@nestjs/common';
import { type Delivery, done, type Outcome } from '#bus';
import type { Transaction } from '#database';
import { publicId } from '#kernel';
import type { Deletion } from '#rules';
import { markDeleted, sinceEver, subjectsOfCustomers } from '../subject/customer-store.js';
import { lockExisting } from '../subject/subject-store.js';
import { DeleteSubjects } from './delete-subjects.js';

type Deleted = Delivery<'customer.deleted'>;

/**
 * What a customer did up to its deletion earns nothing any more, when the company wants it so; decisions
 * about it that come late find the mark on the customer. What it did afterwards is judged as ever.
 */
@Injectable()
export class DeleteCustomers {
  constructor(private readonly deleteSubjects: DeleteSubjects) {}

  async execute(tx: Transaction, deliveries: readonly Deleted[]): Promise<Outcome[]> {
    const deletions = new Map<string, Deleted>();
    for (const delivery of deliveries) {
      const name = `${delivery.companyId} ${delivery.data.customerId}`;
      if (delivery.data.commissions === 'reverse' && !deletions.has(name)) deletions.set(name, delivery);
    }
    const customers = [...deletions.values()].map(({ companyId, occurredAt, data }) => ({
      company_id: companyId,
      customer_id: data.customerId,
      deleted_at: occurredAt.toISOString(),
      deletion_reason: data.reason,
      deletion_note: data.note,
    }));
    await markDeleted(tx, customers);
    const rows = await lockExisting(tx, await subjectsOfCustomers(tx, customers.map(sinceEver)));
    await this.deleteSubjects.execute(
      tx,
      rows.flatMap((row) => {
        const cause = deletions.get(`${row.company_id} ${row.customer_id ?? ''}`);
        const isBefore = cause && row.occurred_at !== null && new Date(row.occurred_at) <= cause.occurredAt;
        return isBefore
          ? [{ row, cause, ruling: rulingOf(cause), actor: `event:${publicId('Event', cause.eventId)}` }]
          : [];
      }),
    );
    return deliveries.map(() => done());
  }
}

const rulingOf = ({ data }: Deleted): Deletion => ({
  kind: 'deleted',
  extent: 'customer',
  reason: data.reason,
  note: data.note,
});
