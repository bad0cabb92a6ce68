import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id, NotFound } from '#kernel';
import { endPeriod } from './membership-period.js';
import { Partnership, type Removal } from './partnership.entity.js';
import { type PartnershipView, viewPartnership } from './view-partnership.js';

/** The company ends a membership (B-21). Events from now on earn nothing; earlier ones run their course. */
@Injectable()
export class RemovePartner {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `partnership.<state>` */
  execute(
    companyId: Id<'Company'>,
    partnershipId: Id<'Partnership'>,
    removal: Removal,
    request: IdempotentRequest,
  ): Promise<PartnershipView> {
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
      const partnership = await tx.em.findOne(Partnership, { companyId, partnershipId }, lock);
      if (!partnership) throw new NotFound('partnership');
      const at = this.clock.now();
      partnership.remove(at, removal);
      await tx.em.flush();
      await endPeriod(tx, partnership, { at, kind: 'removed', reason: removal.reason });
      const { programId, partnerId } = partnership;
      await this.publisher.publish(tx, [
        {
          type: 'partner.removed',
          companyId,
          occurredAt: at,
          data: { partnershipId, partnerId, programId, ...removal },
        },
      ]);
      return viewPartnership(tx, companyId, partnershipId);
    });
  }
}
