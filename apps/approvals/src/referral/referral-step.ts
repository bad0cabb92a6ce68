import type { Transaction } from '#database';
import type { Id } from '#kernel';

export const REFERRAL_STEPS = [
  'submitted',
  'approved',
  'declined',
  'changed',
  'moved',
  'closed_won',
  'closed_lost',
  'reopened',
  'extended',
  'expired',
] as const;
export type ReferralStepName = (typeof REFERRAL_STEPS)[number];

export const STEP_SIDES = ['partner', 'company', 'fairlead'] as const;
/** Who did it, as the partner may know; `fairlead` where a rule or the time did. */
export type StepSide = (typeof STEP_SIDES)[number];

/** One entry of a referral's history, which is only ever added to. */
export interface ReferralStep {
  readonly stepNo: number;
  readonly step: ReferralStepName;
  /** Name of the stage it was in from then on. */
  readonly stageName: string | null;
  /** What was said about it; shown to the partner. */
  readonly note: string | null;
  readonly side: StepSide;
  readonly at: Date;
}

export interface NewStep extends Omit<ReferralStep, 'stepNo'> {
  /** `actorOf` the caller; not shown to the partner. */
  readonly actor: string;
}

/** Whose history it is; locked by the caller. */
export interface StepOwner {
  readonly companyId: Id<'Company'>;
  readonly referralId: Id<'Referral'>;
  readonly partnershipId: Id<'Partnership'>;
}

export async function addStep(tx: Transaction, owner: StepOwner, step: NewStep): Promise<void> {
  await tx.query(
    `insert into approvals.referral_step
       (company_id, referral_id, step_no, partnership_id, step, stage_name, note, side, actor, at)
     select $1, $2, coalesce(max(step_no), 0) + 1, $3, $4, $5, $6, $7, $8, $9
       from approvals.referral_step where company_id = $1 and referral_id = $2`,
    [
      owner.companyId,
      owner.referralId,
      owner.partnershipId,
      step.step,
      step.stageName,
      step.note,
      step.side,
      step.actor,
      step.at,
    ],
  );
}
