import type { ReferralKind } from '#contracts';
import type { Id } from '#kernel';
import { dayText } from '#rules';
import type { Rival } from './claim.js';
import type { DeclineCode } from './referral.entity.js';

/** Why a lead or deal is declined at once. */
export interface Refusal {
  readonly code: DeclineCode;
  /** For the partner who came second: what came first and what can be done, but not whose it is. */
  readonly reason: string;
  readonly rivalId: Id<'Referral'>;
}

export function refusalFor(kind: ReferralKind, rival: Rival, timeZone: string): Refusal {
  if (kind === 'lead') {
    return {
      code: 'LEAD_ALREADY_SUBMITTED',
      reason:
        'This person was referred to the company before, and that lead goes first. If you know better, tell the ' +
        'company in Messages.',
      rivalId: rival.referralId,
    };
  }
  const until = rival.expiresAt === null ? '' : ` until ${dayText(rival.expiresAt, timeZone)}`;
  return {
    code: 'ACCOUNT_ALREADY_REGISTERED',
    reason:
      `This account was registered before, which keeps it for that deal${until} unless it is closed earlier or ` +
      'extended. You can register it again then. If you know better, tell the company in Messages.',
    rivalId: rival.referralId,
  };
}
