import { Injectable } from '@nestjs/common';
import { type NewEvent, Publisher } from '#bus';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import type { CommissionRuling, Deletion } from '#rules';
import { deleteAdjustments } from '../adjustment/delete-adjustments.js';
import type { CommissionState, ReversalReason } from '../commission/commission-state.js';
import { JudgeRows } from '../judging/judge-rows.js';
import { nameOf, type SubjectRow } from '../subject/subject.js';
import { lockTargets, subjectNameOf, type Target } from './lock-targets.js';
import { lostSince, NO_SUCH_COMMISSION, problemOf, type RulingProblem, SUPERSEDED } from './may-rule.js';
import { reviewedEvents } from './reviewed-event.js';
import { appendRulings } from './ruling-store.js';

/** What became of one commission of a request. */
export interface RulingResult {
  readonly commissionId: Id<'Commission'>;
  /** How it stands now; null when the company has no such commission. */
  readonly state: CommissionState | null;
  /** Why nothing of it is owed, `declined` or `reversed`; null in every other state. */
  readonly reversalReason: ReversalReason | null;
  /** Null when the ruling was made. */
  readonly problem: RulingProblem | null;
}

/**
 * Approves, declines or deletes commissions. Those that cannot be ruled on so are left as they are and say
 * why; the others are judged again at once, which posts what the ruling changes.
 */
@Injectable()
export class RuleOnCommissions {
  constructor(
    private readonly database: Database,
    private readonly judgeRows: JudgeRows,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @returns one result per id, in their order */
  execute(
    company: CompanyPrincipal,
    commissionIds: readonly Id<'Commission'>[],
    ruling: CommissionRuling,
    request: IdempotentRequest,
  ): Promise<RulingResult[]> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const { targets, subjects } = await lockTargets(tx, companyId, commissionIds);
      const problems = problemsOf(ruling, targets, subjects);
      const open = targets.filter((target) => problems.get(target.commission_id) === null);
      const [actor, at] = [actorOf(company), this.clock.now()];
      await appendRulings(
        tx,
        open.map((on) => ({ on, ruling, actor })),
        at,
      );
      const ruledOn = new Set(open.map(subjectNameOf));
      const changed = subjects.filter((row) => ruledOn.has(nameOf(row)));
      await this.judgeRows.execute(
        tx,
        changed.map((row) => ({ row, cause: null })),
      );
      const takenBack = ruling.kind === 'deleted' ? await takeBackAdjustments(tx, open, ruling, at) : [];
      const standings = await readStandings(tx, companyId, commissionIds);
      const isDone = ({ commission_id }: Target) =>
        ruling.kind !== 'approved' || !isDeclined(standings.get(commission_id));
      for (const target of open) if (!isDone(target)) problems.set(target.commission_id, SUPERSEDED);
      const events =
        ruling.kind === 'deleted'
          ? takenBack
          : open.filter(isDone).flatMap((target) => reviewedEvents(target, ruling, at));
      if (events.length > 0) await this.publisher.publish(tx, events);
      return commissionIds.map((commissionId) => {
        const standing = standings.get(commissionId);
        return {
          commissionId,
          state: standing?.state ?? null,
          reversalReason: standing?.reversal_reason ?? null,
          problem: standing ? (problems.get(commissionId) ?? null) : NO_SUCH_COMMISSION,
        };
      });
    });
  }
}

/** What is deleted is told as a reversal, by judging, unless it is an adjustment: that is not judged. */
function takeBackAdjustments(
  tx: Transaction,
  open: readonly Target[],
  deletion: Deletion,
  at: Date,
): Promise<NewEvent[]> {
  const adjustments = open.filter((target) => target.subject_kind === 'adjustment');
  return deleteAdjustments(tx, adjustments, deletion, at);
}

function problemsOf(
  { kind }: CommissionRuling,
  targets: readonly Target[],
  subjects: readonly SubjectRow[],
): Map<string, RulingProblem | null> {
  const subjectOf = new Map(subjects.map((row) => [nameOf(row), row]));
  return new Map(
    targets.map((target) => {
      const lost = kind === 'approved' ? lostSince(target, subjectOf.get(subjectNameOf(target))) : null;
      return [target.commission_id, problemOf(kind, target.state) ?? lost];
    }),
  );
}

interface Standing {
  readonly state: CommissionState;
  readonly reversal_reason: ReversalReason | null;
}

const isDeclined = (standing: Standing | undefined): boolean => standing?.state === 'declined';

async function readStandings(
  tx: Transaction,
  companyId: Id<'Company'>,
  commissionIds: readonly Id<'Commission'>[],
): Promise<Map<string, Standing>> {
  const rows = await tx.query<Standing & { commission_id: string }>(
    `select commission_id, state, reversal_reason from commissions.commission
     where company_id = $1 and commission_id = any($2::uuid[])`,
    [companyId, commissionIds],
  );
  return new Map(rows.map((row) => [row.commission_id, row]));
}
