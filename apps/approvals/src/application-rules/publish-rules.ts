import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import { requireOpenGroup } from '../group/group-membership.js';
import { lockProgram } from '../program/program.js';
import type { ApplicationRule } from './application-rule.js';
import { type ApplicationRules, storedRule } from './application-rules.js';
import { refuseImpossibleRules } from './check-rules.js';

/** The company publishes the rules that decide applications from now on; decided ones stay as they are. */
@Injectable()
export class PublishRules {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, InvalidInput `rules.invalid`, `group.not_of_program`, `group.archived` */
  execute(
    company: CompanyPrincipal,
    programId: Id<'Program'>,
    rules: readonly ApplicationRule[],
    request: IdempotentRequest,
  ): Promise<ApplicationRules> {
    const { companyId } = company;
    refuseImpossibleRules(rules);
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      // The program's lock gives two publishers two versions.
      await lockProgram(tx, companyId, programId);
      for (const [index, { groupId }] of rules.entries()) {
        if (groupId) await requireOpenGroup(tx, companyId, programId, groupId, `rules.${index}.groupId`);
      }
      const publishedAt = this.clock.now();
      const [row] = await tx.query<{ version: number }>(
        `insert into approvals.application_rules (company_id, program_id, version, rules, actor, published_at)
         select $1, $2, coalesce(max(version), 0) + 1, $3::jsonb, $4, $5 from approvals.application_rules
          where company_id = $1 and program_id = $2
         returning version`,
        [companyId, programId, JSON.stringify(rules.map(storedRule)), actorOf(company), publishedAt],
      );
      if (!row) throw new Error('an insert returned no row');
      return { programId, version: row.version, rules, publishedAt };
    });
  }
}
