import { insertRows, type Transaction } from '#database';
import type { Id } from '#kernel';
import type { Answer } from '../form/form-field.js';
import type { Stage } from '../pipeline/pipeline.js';
import type { Claim } from './claim.js';
import type { ReferralSource } from './referral.entity.js';
import type { ReferralDraft } from './referral-draft.js';
import type { ReferralState } from './referral-state.js';
import type { Refusal } from './refusal.js';

/** Who submits, and for which membership. */
export interface Submission {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
  readonly groupId: Id<'Group'>;
  readonly source: ReferralSource;
  readonly actor: string;
}

/** A lead or deal as it is admitted. */
export interface NewReferral extends Submission, Omit<ReferralDraft, 'answers'>, Claim {
  readonly referralId: Id<'Referral'>;
  readonly state: Extract<ReferralState, 'pending' | 'open' | 'declined'>;
  /** Set when declined. */
  readonly refusal: Refusal | null;
  readonly stage: Stage;
  readonly answers: readonly Answer[];
  readonly submittedAt: Date;
  readonly expiresAt: Date | null;
}

const COLUMNS = {
  company_id: 'uuid',
  referral_id: 'uuid',
  kind: 'text',
  program_id: 'uuid',
  partnership_id: 'uuid',
  partner_id: 'uuid',
  source: 'text',
  state: 'text',
  stage: 'text',
  stage_name: 'text',
  decline_code: 'text',
  reason: 'text',
  rival_id: 'uuid',
  contact_name: 'text',
  contact_email: 'text',
  contact_phone: 'text',
  account_name: 'text',
  account_key: 'text',
  account_domain: 'text',
  note: 'text',
  answers: 'jsonb',
  amount: 'bigint',
  currency: 'text',
  expected_close_on: 'date',
  submitted_at: 'timestamptz',
  approved_at: 'timestamptz',
  expires_at: 'timestamptz',
};

export async function storeReferral(tx: Transaction, referral: NewReferral): Promise<void> {
  const { contact, account, refusal, stage, worth } = referral;
  const submittedAt = referral.submittedAt.toISOString();
  await insertRows(tx, 'approvals.referral', COLUMNS, [
    {
      company_id: referral.companyId,
      referral_id: referral.referralId,
      kind: referral.kind,
      program_id: referral.programId,
      partnership_id: referral.partnershipId,
      partner_id: referral.partnerId,
      source: referral.source,
      state: referral.state,
      stage: stage.key,
      stage_name: stage.name,
      decline_code: refusal?.code ?? null,
      reason: refusal?.reason ?? null,
      rival_id: refusal?.rivalId ?? null,
      contact_name: contact.name,
      contact_email: contact.email,
      contact_phone: contact.phone,
      account_name: account.name,
      account_key: referral.accountKey,
      account_domain: account.domain,
      note: referral.note,
      answers: referral.answers,
      amount: worth?.amount.toString() ?? null,
      currency: worth?.currency ?? null,
      expected_close_on: referral.expectedCloseOn,
      submitted_at: submittedAt,
      approved_at: referral.state === 'open' ? submittedAt : null,
      expires_at: referral.expiresAt?.toISOString() ?? null,
    },
  ]);
}
