import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { idempotent, type IdempotentRequest, type PartnershipOfPartner } from '#http';
import { Clock } from '#kernel';
import { endPeriod } from './membership-period.js';
import { Partnership } from './partnership.entity.js';

/** A partner leaves a program. Events from now on earn nothing; earlier commissions run their course. */
@Injectable()
export class LeaveProgram {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns when the membership ended. @throws Conflict `partnership.<state>` */
  execute(
    { companyId, partnershipId, scope }: PartnershipOfPartner,
    request: IdempotentRequest,
  ): Promise<Date> {
    return idempotent(this.database, scope, request, async (tx) => {
      const partnership = await tx.em.findOneOrFail(
        Partnership,
        { companyId, partnershipId },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      const endedAt = this.clock.now();
      partnership.leave(endedAt);
      await tx.em.flush();
      await endPeriod(tx, partnership, { at: endedAt, kind: 'left', reason: null });
      return endedAt;
    });
  }
}
