import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id, InvalidField } from '#kernel';
import type { StackingPolicy, StackingSetting } from '#rules';
import { requireProgram } from '../offer/offer.js';
import { loadStacking } from './stacking.js';

export interface NewStacking {
  readonly policy: StackingPolicy;
  /** Null for now. */
  readonly effectiveFrom: Date | null;
}

/** Decides for a program whether all of its offers pay for one subject or the best one, from a time on. */
@Injectable()
export class SetStacking {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns all settings of the program, oldest first
   * @throws NotFound when the company has no such program
   * @throws InvalidInput `stacking.too_early`
   */
  execute(
    company: CompanyPrincipal,
    programId: Id<'Program'>,
    draft: NewStacking,
    request: IdempotentRequest,
  ): Promise<StackingSetting[]> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      await requireProgram(tx, companyId, programId);
      const now = this.clock.now();
      const effectiveFrom = draft.effectiveFrom ?? now;
      refuseTooEarly((await loadStacking(tx, companyId, programId)).at(-1), effectiveFrom, now);
      await tx.query(
        `insert into commissions.stacking_setting
           (company_id, program_id, effective_from, policy, actor, created_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [companyId, programId, effectiveFrom, draft.policy, actorOf(company), now],
      );
      return loadStacking(tx, companyId, programId);
    });
  }
}

/** Neither the past nor what was announced for later can be changed. */
function refuseTooEarly(last: StackingSetting | undefined, effectiveFrom: Date, now: Date): void {
  const isAfterLast = !last || effectiveFrom > last.effectiveFrom;
  if (effectiveFrom >= now && isAfterLast) return;
  const message = isAfterLast
    ? `must not be in the past: now is ${now.toISOString()}`
    : `must be after ${last.effectiveFrom.toISOString()}, when the last setting takes effect`;
  throw new InvalidField('stacking.too_early', 'effectiveFrom', message);
}
