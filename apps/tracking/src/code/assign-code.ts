import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import { requireApproved } from '../approved-partnership.js';
import { AnnounceCode } from './announce-code.js';
import { BeforeLastChange } from './code.errors.js';
import type { Code } from './code.js';
import { addAssignment, endAssignment, getCode, lockCode } from './code-store.js';

/** Gives a code to a partner from a time on; what happened before stays whose it was. Both partners hear of it. */
@Injectable()
export class AssignCode {
  constructor(
    private readonly database: Database,
    private readonly announceCode: AnnounceCode,
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
      const partnership = await requireApproved(tx, companyId, partnershipId);
      const start = from ?? this.clock.now();
      if (start <= last.from) throw new BeforeLastChange(last.from);
      await endAssignment(tx, companyId, last.assignmentId, start);
      const [actor, { programId }] = [actorOf(company), partnership];
      await addAssignment(tx, { companyId, codeId, programId, partnershipId, from: start, actor });
      const code = await getCode(tx, companyId, codeId);
      if (last.partnershipId !== partnershipId)
        await this.announceCode.ended(tx, companyId, code, last, start);
      await this.announceCode.assigned(tx, companyId, code, partnership, start);
      return code;
    });
  }
}
