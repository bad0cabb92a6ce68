import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import { AnnounceCode } from './announce-code.js';
import { BeforeLastChange, CodeRetired } from './code.errors.js';
import type { Code } from './code.js';
import { endAssignment, getCode, lockCode } from './code-store.js';

/** Takes a code from its partner from a time on: orders that use it later credit nobody by it. The partner hears of it. */
@Injectable()
export class RetireCode {
  constructor(
    private readonly database: Database,
    private readonly announceCode: AnnounceCode,
    private readonly clock: Clock,
  ) {}

  /**
   * @param from null for now
   * @throws NotFound, BeforeLastChange, CodeRetired
   */
  execute(
    { companyId }: CompanyPrincipal,
    codeId: Id<'Code'>,
    from: Date | null,
    request: IdempotentRequest,
  ): Promise<Code> {
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const last = await lockCode(tx, companyId, codeId);
      const end = from ?? this.clock.now();
      if (last.until !== null && last.until <= end) throw new CodeRetired(last.until);
      if (end <= last.from) throw new BeforeLastChange(last.from);
      await endAssignment(tx, companyId, last.assignmentId, end);
      const code = await getCode(tx, companyId, codeId);
      await this.announceCode.ended(tx, companyId, code, last, end);
      return code;
    });
  }
}
