import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database } from '#database';
import { type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, InvalidField, type Money } from '#kernel';
import { lockReferral, saveStep } from './change-referral.js';
import { groupAt } from './group-at.js';
import type { Referral } from './referral.entity.js';
import { closedEvent } from './referral-events.js';
import { type ReferralKey, type ReferralView, viewReferral } from './view-referral.js';

/** How a lead or deal ended. */
export type Closing = {
  /** When it did; null is now. Attribution and offers judge by it. */
  readonly at: Date | null;
} & (
  | {
      readonly outcome: 'won';
      /** The company's own key of the customer that it became. */
      readonly customerKey: string;
      /** null keeps what was said before. */
      readonly worth: Money | null;
    }
  | { readonly outcome: 'lost'; readonly reason: string }
);

/** The company closes an open lead or deal as won or lost (B-31); attribution and offers follow by event. */
@Injectable()
export class CloseReferral {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `referral.<state>`, InvalidInput `closed_at.invalid` */
  execute(
    company: CompanyPrincipal,
    key: ReferralKey,
    closing: Closing,
    request: IdempotentRequest,
  ): Promise<ReferralView> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const referral = await lockReferral(tx, company, key);
      const now = this.clock.now();
      const closedAt = closing.at ?? now;
      refuseUnlessBetween(referral, closedAt, now);
      if (closing.outcome === 'won') referral.win(closedAt, closing.customerKey, closing.worth);
      else referral.lose(closedAt, closing.reason);
      await saveStep(tx, company, referral, {
        step: `closed_${closing.outcome}`,
        note: referral.reason,
        at: now,
      });
      const groupId = await groupAt(tx, referral, closedAt);
      await this.publisher.publish(tx, [closedEvent(referral, closing.outcome, groupId, closedAt)]);
      return viewReferral(tx, companyId, key);
    });
  }
}

function refuseUnlessBetween({ submittedAt }: Referral, closedAt: Date, now: Date): void {
  if (closedAt >= submittedAt && closedAt <= now) return;
  throw new InvalidField(
    'closed_at.invalid',
    'closedAt',
    `must be a time from ${submittedAt.toISOString()}, when it was submitted, until now`,
  );
}
