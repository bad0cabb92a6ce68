import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id, NotFound } from '#kernel';
import { Partnership } from '../partnership/partnership.entity.js';
import { Application, type Verdict } from './application.entity.js';
import { settleApplication } from './settle-application.js';
import { type ApplicationView, viewApplication } from './view-application.js';

/** The company approves or declines an application (B-21, B-22); the partner hears of it either way. */
@Injectable()
export class ReviewApplication {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `application.already_reviewed` */
  execute(
    company: CompanyPrincipal,
    applicationId: Id<'Application'>,
    verdict: Verdict,
    request: IdempotentRequest,
  ): Promise<ApplicationView> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
      const application = await tx.em.findOne(Application, { companyId, applicationId }, lock);
      if (!application) throw new NotFound('application');
      const { partnershipId } = application;
      const partnership = await tx.em.findOneOrFail(Partnership, { companyId, partnershipId }, lock);
      const reviewer = { actor: actorOf(company), at: this.clock.now() };
      await settleApplication(tx, this.publisher, { application, partnership }, verdict, reviewer);
      return viewApplication(tx, companyId, applicationId);
    });
  }
}
