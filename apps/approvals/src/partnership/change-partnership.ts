import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { type Id, NotFound } from '#kernel';
import { Partnership } from './partnership.entity.js';
import { type PartnershipView, viewPartnership } from './view-partnership.js';

export interface PartnershipChange {
  /** The company's word on links for this partner (B-27); null follows group and program again. */
  readonly linksOverride?: boolean | null;
  /** Whether a membership that has ended may be asked for again. */
  readonly mayApplyAgain?: boolean;
}

/** The company changes what holds for one partner alone. */
@Injectable()
export class ChangePartnership {
  constructor(private readonly database: Database) {}

  /** @throws NotFound */
  execute(
    companyId: Id<'Company'>,
    partnershipId: Id<'Partnership'>,
    change: PartnershipChange,
  ): Promise<PartnershipView> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
      const partnership = await tx.em.findOne(Partnership, { companyId, partnershipId }, lock);
      if (!partnership) throw new NotFound('partnership');
      tx.em.assign(partnership, change);
      await tx.em.flush();
      return viewPartnership(tx, companyId, partnershipId);
    });
  }
}
