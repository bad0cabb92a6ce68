import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { type Id, NotFound } from '#kernel';
import { Partnership } from './partnership.entity.js';
import { type PartnershipView, viewPartnership } from './view-partnership.js';

/** The company enables or disables links for one partner, whatever its program says (B-27). */
@Injectable()
export class OverrideLinks {
  constructor(private readonly database: Database) {}

  /**
   * @param override null follows the program again
   * @throws NotFound
   */
  execute(
    companyId: Id<'Company'>,
    partnershipId: Id<'Partnership'>,
    override: boolean | null,
  ): Promise<PartnershipView> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
      const partnership = await tx.em.findOne(Partnership, { companyId, partnershipId }, lock);
      if (!partnership) throw new NotFound('partnership');
      partnership.linksOverride = override;
      await tx.em.flush();
      return viewPartnership(tx, companyId, partnershipId);
    });
  }
}
