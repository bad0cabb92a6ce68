import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, DAY_MS, type Id, InvalidField, NotFound } from '#kernel';
import { Partnership } from '../partnership/partnership.entity.js';
import { type PartnershipView, viewPartnership } from '../partnership/view-partnership.js';
import { enterGroup, requireOpenGroup } from './group-membership.js';

/** How far ahead a move can be planned. */
const LONGEST_PLAN_DAYS = 366;

/** The company moves a partner into another group, now or from a later moment on; never back in time. */
@Injectable()
export class MovePartner {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param from null is now
   * @throws NotFound, InvalidInput `group.not_of_program`, `group.archived`, `effective_from.invalid`
   */
  execute(
    company: CompanyPrincipal,
    partnershipId: Id<'Partnership'>,
    move: { readonly groupId: Id<'Group'>; readonly from: Date | null },
    request: IdempotentRequest,
  ): Promise<PartnershipView> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const now = this.clock.now();
      const effectiveFrom = move.from ?? now;
      refuseUnlessAhead(effectiveFrom, now);
      const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
      const partnership = await tx.em.findOne(Partnership, { companyId, partnershipId }, lock);
      if (!partnership) throw new NotFound('partnership');
      const { programId } = partnership;
      await requireOpenGroup(tx, companyId, programId, move.groupId);
      await enterGroup(tx, {
        companyId,
        partnershipId,
        programId,
        groupId: move.groupId,
        effectiveFrom,
        actor: actorOf(company),
      });
      return viewPartnership(tx, companyId, partnershipId);
    });
  }
}

/** What happened before was judged by the group of then, and stays so. */
function refuseUnlessAhead(effectiveFrom: Date, now: Date): void {
  const latest = new Date(now.getTime() + LONGEST_PLAN_DAYS * DAY_MS);
  if (effectiveFrom >= now && effectiveFrom <= latest) return;
  throw new InvalidField(
    'effective_from.invalid',
    'effectiveFrom',
    `must be a time from now on and within ${LONGEST_PLAN_DAYS} days`,
  );
}
