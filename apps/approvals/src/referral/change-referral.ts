import { LockMode } from '@mikro-orm/core';
import type { Transaction } from '#database';
import { actorOf, type CompanyPrincipal } from '#http';
import { NotFound } from '#kernel';
import { Referral } from './referral.entity.js';
import { addStep, type ReferralStepName } from './referral-step.js';
import type { ReferralKey } from './view-referral.js';

/** Reads a lead or deal, locked until the transaction ends. @throws NotFound */
export async function lockReferral(
  tx: Transaction,
  { companyId }: CompanyPrincipal,
  key: ReferralKey,
): Promise<Referral> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
  const referral = await tx.em.findOne(Referral, { companyId, ...key }, lock);
  if (!referral) throw new NotFound(key.kind);
  return referral;
}

/** Writes what the company did to a locked referral, and that it did. */
export async function saveStep(
  tx: Transaction,
  company: CompanyPrincipal,
  referral: Referral,
  step: {
    readonly step: ReferralStepName;
    readonly note: string | null;
    readonly at: Date;
  },
): Promise<void> {
  await tx.em.flush();
  await addStep(tx, referral, {
    ...step,
    stageName: referral.state === 'open' ? referral.stageName : null,
    side: 'company',
    actor: actorOf(company),
  });
}
