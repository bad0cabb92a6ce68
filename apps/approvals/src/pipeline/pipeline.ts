import type { ReferralKind } from '#contracts';
import type { SqlValue, Transaction } from '#database';
import { asId, DAY_MS, type Id } from '#kernel';
import type { FormField } from '../form/form-field.js';

/** A step on the way of an open lead or deal. Every pipeline ends in closed won and closed lost. */
export interface Stage {
  /** Names the stage in the API; unique in its pipeline. */
  readonly key: string;
  /** What a person reads. */
  readonly name: string;
}

export const REVIEW_MODES = ['manual', 'automatic'] as const;
/** Who lets a submission through: the company, or nobody has to. */
export type ReviewMode = (typeof REVIEW_MODES)[number];

/** What a company decides about the leads or the deals of a program, or of one group in it. */
export interface PipelineSettings {
  /** In order; the first is where an approved referral starts. */
  readonly stages: readonly [Stage, ...Stage[]];
  /** Asked beside contact and account. */
  readonly fields: readonly FormField[];
  readonly review: ReviewMode;
  /** How long a deal keeps its account from other partners; null for leads. */
  readonly protectionDays: number | null;
}

/** Where a pipeline applies. */
export interface PipelineScope {
  readonly programId: Id<'Program'>;
  readonly kind: ReferralKind;
  /** null: every group of the program that has none of its own. */
  readonly groupId: Id<'Group'> | null;
}

export interface Pipeline extends PipelineScope, PipelineSettings {
  /** Counts up per scope from 1; 0 is the built-in one of a program that published none. */
  readonly version: number;
}

export interface PublishedPipeline extends Pipeline {
  readonly pipelineId: Id<'Pipeline'>;
  readonly publishedAt: Date;
}

const NEW: Stage = { key: 'new', name: 'New' };
const QUALIFIED: Stage = { key: 'qualified', name: 'Qualified' };

/** How a program starts. */
const BUILT_IN: Readonly<Record<ReferralKind, PipelineSettings>> = {
  lead: { stages: [NEW, QUALIFIED], fields: [], review: 'manual', protectionDays: null },
  deal: {
    stages: [
      NEW,
      QUALIFIED,
      { key: 'proposal', name: 'Proposal' },
      { key: 'negotiation', name: 'Negotiation' },
    ],
    fields: [],
    review: 'manual',
    protectionDays: 90,
  },
};

/** The pipeline for new submissions and moves: the group's own, else the program's, else the built-in one. */
export async function currentPipeline(
  tx: Transaction,
  companyId: Id<'Company'>,
  scope: PipelineScope,
): Promise<Pipeline> {
  const [pipeline] = await selectPipelines(
    tx,
    `company_id = $1 and program_id = $2 and kind = $3 and (group_id is null or group_id = $4::uuid)
     order by group_id nulls last, version desc limit 1`,
    [companyId, scope.programId, scope.kind, scope.groupId],
  );
  return pipeline ?? { ...scope, ...BUILT_IN[scope.kind], groupId: null, version: 0 };
}

interface Row {
  readonly pipeline_id: string;
  readonly program_id: string;
  readonly kind: ReferralKind;
  readonly group_id: string | null;
  readonly version: number;
  readonly stages: [Stage, ...Stage[]];
  readonly fields: FormField[];
  readonly review: ReviewMode;
  readonly protection_days: number | null;
  readonly published_at: string;
}

/** @param condition SQL over the table, ended by order and limit where it lists */
export async function selectPipelines(
  tx: Transaction,
  condition: string,
  parameters: readonly SqlValue[],
): Promise<PublishedPipeline[]> {
  const rows = await tx.query<Row>(
    `select pipeline_id, program_id, kind, group_id, version, stages, fields, review, protection_days, published_at
     from approvals.referral_pipeline where ${condition}`,
    parameters,
  );
  return rows.map((row) => ({
    pipelineId: asId('Pipeline', row.pipeline_id),
    programId: asId('Program', row.program_id),
    kind: row.kind,
    groupId: row.group_id === null ? null : asId('Group', row.group_id),
    version: row.version,
    stages: row.stages,
    fields: row.fields,
    review: row.review,
    protectionDays: row.protection_days,
    publishedAt: new Date(row.published_at),
  }));
}

/** Until when a deal registered or approved at `from` keeps its account; null for leads. */
export const protectedUntil = ({ protectionDays }: PipelineSettings, from: Date): Date | null =>
  protectionDays === null ? null : new Date(from.getTime() + protectionDays * DAY_MS);
