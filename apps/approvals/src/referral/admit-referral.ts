import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import type { Transaction } from '#database';
import { Clock, Conflict, type Id, newId, publicId } from '#kernel';
import { EndLapsedDeals } from '../deal/end-lapsed-deals.js';
import { readAnswers } from '../form/read-answers.js';
import { currentPipeline, protectedUntil } from '../pipeline/pipeline.js';
import { loadProgram } from '../program/program.js';
import { accountKeyOf, type Claim, findRival, lockClaims, type Rival } from './claim.js';
import { type Refusal, refusalFor } from './refusal.js';
import type { ReferralDraft } from './referral-draft.js';
import { reviewedEvent } from './referral-events.js';
import { addStep, type NewStep } from './referral-step.js';
import { type NewReferral, storeReferral, type Submission } from './store-referral.js';

/**
 * Takes a lead or deal in: pending, open at once where nobody has to approve it, or declined at once where
 * another partner was first. That one is kept too, with the reason, so that its partner can read it.
 */
@Injectable()
export class AdmitReferral {
  constructor(
    private readonly publisher: Publisher,
    private readonly endLapsedDeals: EndLapsedDeals,
    private readonly clock: Clock,
  ) {}

  /**
   * @param tx in the company's scope: rivals are rows of other partners
   * @throws InvalidInput `answers.invalid`, Conflict `referral.already_submitted`, `referral.taken`
   */
  async execute(tx: Transaction, submission: Submission, draft: ReferralDraft): Promise<Id<'Referral'>> {
    const { companyId, programId, groupId } = submission;
    const pipeline = await currentPipeline(tx, companyId, { programId, kind: draft.kind, groupId });
    const now = this.clock.now();
    const claim = claimOf(draft);
    const refusal = await this.#refusalOf(tx, submission, claim, now);
    const isApproved = submission.source === 'company' || pipeline.review === 'automatic';
    const referral: NewReferral = {
      ...submission,
      ...draft,
      ...claim,
      referralId: newId('Referral'),
      state: refusal ? 'declined' : isApproved ? 'open' : 'pending',
      refusal,
      stage: pipeline.stages[0],
      answers: readAnswers(pipeline.fields, draft.answers),
      submittedAt: now,
      expiresAt: protectedUntil(pipeline, now),
    };
    await storeReferral(tx, referral);
    await this.#tell(tx, referral);
    return referral.referralId;
  }

  /** @returns why it is declined at once; null when nobody was first */
  async #refusalOf(
    tx: Transaction,
    submission: Submission,
    claim: Claim,
    now: Date,
  ): Promise<Refusal | null> {
    const { companyId, programId } = submission;
    await lockClaims(tx, companyId);
    await this.endLapsedDeals.execute(tx, companyId, now);
    const rival = await findRival(tx, companyId, claim, null);
    if (!rival) return null;
    refuseRepetition(submission, rival);
    const { timeZone } = await loadProgram(tx, companyId, programId);
    return refusalFor(claim.kind, rival, timeZone);
  }

  async #tell(tx: Transaction, referral: NewReferral): Promise<void> {
    const { source, actor, state, submittedAt: at } = referral;
    const submitted = { step: 'submitted', stageName: null, note: null, side: source, actor, at } as const;
    await addStep(tx, referral, submitted);
    if (state === 'pending') return;
    const outcome = state === 'open' ? 'approved' : 'declined';
    const reason = referral.refusal?.reason ?? null;
    const side =
      source === 'company' ? { side: source, actor } : ({ side: 'fairlead', actor: 'fairlead' } as const);
    const stageName = state === 'open' ? referral.stage.name : null;
    const reviewed: NewStep = { step: outcome, stageName, note: reason, ...side, at };
    await addStep(tx, referral, reviewed);
    await this.publisher.publish(tx, [reviewedEvent(referral, { outcome, reason }, at)]);
  }
}

/** @throws Conflict that names the one there is, to whom it may be named */
function refuseRepetition({ source, partnerId }: Submission, rival: Rival): void {
  const id = publicId('Referral', rival.referralId);
  if (source === 'company') {
    throw new Conflict(
      'referral.taken',
      `It is submitted already: ${id}. Go on with that one, or close it first.`,
    );
  }
  if (rival.partnerId === partnerId) {
    throw new Conflict(
      'referral.already_submitted',
      `You have submitted it already: ${id}. Go on with that one.`,
    );
  }
}

const claimOf = ({ kind, contact, account }: ReferralDraft): Claim =>
  kind === 'lead'
    ? { kind, contactEmail: contact.email, accountKey: null, accountDomain: null }
    : {
        kind,
        contactEmail: contact.email,
        accountKey: account.name === null ? null : accountKeyOf(account.name),
        accountDomain: account.domain,
      };
