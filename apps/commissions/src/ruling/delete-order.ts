import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Conflict, NotFound } from '#kernel';
import type { Deletion } from '#rules';
import { lockExisting } from '../subject/subject-store.js';
import { DeleteSubjects } from './delete-subjects.js';

/** Deletes one of a company's orders (a transaction, B-41) with all it earned. */
@Injectable()
export class DeleteOrder {
  constructor(
    private readonly database: Database,
    private readonly deleteSubjects: DeleteSubjects,
  ) {}

  /**
   * @throws NotFound when the company has no such order
   * @throws Conflict `order.already_deleted`
   */
  execute(
    company: CompanyPrincipal,
    orderKey: string,
    deletion: Deletion,
    request: IdempotentRequest,
  ): Promise<void> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const [order] = await lockExisting(tx, [{ companyId, kind: 'order', key: orderKey }]);
      if (!order || order.revision === 0) throw new NotFound('order');
      if (order.deletion_reason !== null) {
        throw new Conflict(
          'order.already_deleted',
          `This order was deleted before: ${order.deletion_reason}.`,
        );
      }
      await this.deleteSubjects.execute(tx, [
        { row: order, cause: null, ruling: deletion, actor: actorOf(company) },
      ]);
    });
  }
}
