import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { idempotent, type IdempotentRequest, type PartnershipOfPartner } from '#http';
import { Clock, Conflict } from '#kernel';
import { type AcceptanceOrigin, recordAcceptance } from './acceptance.js';

/** A partner agrees to the terms, which opens links (B-36); recorded with version, time, address and agent. */
@Injectable()
export class AcceptTerms {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns when the version was accepted. @throws Conflict `terms.not_current`, `partnership.<state>` */
  execute(
    partnership: PartnershipOfPartner,
    version: number,
    origin: AcceptanceOrigin,
    request: IdempotentRequest,
  ): Promise<Date> {
    const { companyId, programId, partnershipId, state, scope } = partnership;
    return idempotent(this.database, scope, request, async (tx) => {
      if (state !== 'pending' && state !== 'approved') {
        throw new Conflict(
          `partnership.${state}`,
          'Terms are accepted while an application is pending or approved; this membership is neither.',
        );
      }
      const acceptedAt = this.clock.now();
      return recordAcceptance(tx, {
        companyId,
        programId,
        partnershipId,
        version,
        acceptedAt,
        ...origin,
      });
    });
  }
}
