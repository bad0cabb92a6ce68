import type { Publisher } from '#bus';
import type { Transaction } from '#database';
import { startPeriod } from '../partnership/membership-period.js';
import type { Partnership } from '../partnership/partnership.entity.js';
import type { Application, Verdict } from './application.entity.js';

/** Who gave a verdict, and when. */
export interface Reviewer {
  readonly actor: string;
  readonly at: Date;
}

/**
 * Carries a verdict out: the application is closed, the membership follows, and the partner hears of it.
 * @throws Conflict `application.already_reviewed`
 */
export async function settleApplication(
  tx: Transaction,
  publisher: Publisher,
  { application, partnership }: { readonly application: Application; readonly partnership: Partnership },
  verdict: Verdict,
  { actor, at }: Reviewer,
): Promise<void> {
  application.review(verdict, actor, at);
  if (verdict.outcome === 'approved') partnership.approve(at);
  else partnership.decline();
  await tx.em.flush();
  if (verdict.outcome === 'approved') await startPeriod(tx, partnership, at);
  const { companyId, applicationId, partnershipId, programId, partnerId } = application;
  await publisher.publish(tx, [
    {
      type: 'application.reviewed',
      companyId,
      occurredAt: at,
      data: { applicationId, partnershipId, programId, partnerId, ...verdict },
    },
  ]);
}
