import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, Conflict, newId } from '#kernel';
import { requireOpenGroup } from '../group/group-membership.js';
import { loadProgram } from '../program/program.js';
import { checkPipeline } from './check-pipeline.js';
import {
  type PipelineScope,
  type PipelineSettings,
  type PublishedPipeline,
  selectPipelines,
} from './pipeline.js';

/** Adds a version of a pipeline. What was submitted before keeps its answers and the stage it is in. */
@Injectable()
export class PublishPipeline {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, InvalidInput `pipeline.invalid`, `group.not_of_program`, Conflict `pipeline.published_meanwhile` */
  execute(
    company: CompanyPrincipal,
    scope: PipelineScope,
    settings: PipelineSettings,
    request: IdempotentRequest,
  ): Promise<PublishedPipeline> {
    checkPipeline(scope.kind, settings);
    const { companyId } = company;
    const { programId, kind, groupId } = scope;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      await loadProgram(tx, companyId, programId);
      if (groupId !== null) await requireOpenGroup(tx, companyId, programId, groupId);
      const published = await tx.query(
        `insert into approvals.referral_pipeline
           (company_id, pipeline_id, program_id, kind, group_id, version, stages, fields, review,
            protection_days, actor, published_at)
         select $1, $2, $3, $4, $5, coalesce(max(version), 0) + 1, $6, $7, $8, $9, $10, $11
           from approvals.referral_pipeline
          where company_id = $1 and program_id = $3 and kind = $4 and group_id is not distinct from $5
         on conflict do nothing returning 1`,
        [
          companyId,
          newId('Pipeline'),
          programId,
          kind,
          groupId,
          JSON.stringify(settings.stages),
          JSON.stringify(settings.fields),
          settings.review,
          settings.protectionDays,
          actorOf(company),
          this.clock.now(),
        ],
      );
      const [pipeline] = await selectPipelines(
        tx,
        `company_id = $1 and program_id = $2 and kind = $3 and group_id is not distinct from $4
         order by version desc limit 1`,
        [companyId, programId, kind, groupId],
      );
      if (!pipeline || published.length === 0) {
        throw new Conflict(
          'pipeline.published_meanwhile',
          'Somebody published a version at the same moment. Read it and publish yours again.',
        );
      }
      return pipeline;
    });
  }
}
