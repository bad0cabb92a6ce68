import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import { programOfApproved } from '../approved-partnership.js';
import { BeforeLastChange } from './code.errors.js';
import type { Code } from './code.js';
import { addAssignment, endAssignment, getCode, lockCode } from './code-store.js';

/** Gives a code to a partner from a time on; what happened before stays whose it was. */
@Injectable()
export class AssignCode {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param from null for now
   * @throws NotFound, PartnershipNotApproved, BeforeLastChange
   */
  execute(
    company: CompanyPrincipal,
    codeId: Id<'Code'>,
    { partnershipId, from }: { readonly partnershipId: Id<'Partnership'>; readonly from: Date | null },
    request: IdempotentRequest,
  ): Promise<Code> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const last = await lockCode(tx, companyId, codeId);
      const programId = await programOfApproved(tx, companyId, partnershipId);
      const start = from ?? this.clock.now();
      if (start <= last.from) throw new BeforeLastChange(last.from);
      await endAssignment(tx, companyId, last.assignmentId, start);
      const actor = actorOf(company);
      await addAssignment(tx, { companyId, codeId, programId, partnershipId, from: start, actor });
      return getCode(tx, companyId, codeId);
    });
  }
}
