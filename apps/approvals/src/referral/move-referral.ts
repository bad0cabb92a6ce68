import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, InvalidField } from '#kernel';
import { currentPipeline, type Pipeline, type Stage } from '../pipeline/pipeline.js';
import { lockReferral, saveStep } from './change-referral.js';
import { groupAt } from './group-at.js';
import { type ReferralKey, type ReferralView, viewReferral } from './view-referral.js';

/** The company moves an open lead or deal to another stage of its group's pipeline, forward or back. */
@Injectable()
export class MoveReferral {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `referral.<state>`, InvalidInput `stage.not_of_pipeline` */
  execute(
    company: CompanyPrincipal,
    key: ReferralKey,
    move: { readonly stage: string; readonly note: string | null },
    request: IdempotentRequest,
  ): Promise<ReferralView> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const referral = await lockReferral(tx, company, key);
      const at = this.clock.now();
      const groupId = await groupAt(tx, referral, at);
      const pipeline = await currentPipeline(tx, companyId, {
        programId: referral.programId,
        kind: referral.kind,
        groupId,
      });
      referral.move(stageOf(pipeline, move.stage));
      await saveStep(tx, company, referral, { step: 'moved', note: move.note, at });
      return viewReferral(tx, companyId, key);
    });
  }
}

function stageOf(pipeline: Pipeline, key: string): Stage {
  const stage = pipeline.stages.find((candidate) => candidate.key === key);
  if (stage) return stage;
  const keys = pipeline.stages.map((candidate) => candidate.key).join(', ');
  throw new InvalidField(
    'stage.not_of_pipeline',
    'stage',
    `must be a stage of the partner's group: ${keys}; to close it, use close-won or close-lost`,
  );
}
