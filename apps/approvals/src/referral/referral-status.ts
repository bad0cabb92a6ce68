import { DECLINE_CODES } from './referral.entity.js';
import type { ReferralView } from './view-referral.js';

export const REFERRAL_STATUS_CODES = [
  'AWAITING_APPROVAL',
  'IN_PROGRESS',
  ...DECLINE_CODES,
  'CLOSED_WON',
  'CLOSED_LOST',
  'REGISTRATION_EXPIRED',
] as const;
export type ReferralStatusCode = (typeof REFERRAL_STATUS_CODES)[number];

/** Where a lead or deal stands and why, as a page can show it to its partner. */
export interface ReferralStatus {
  readonly code: ReferralStatusCode;
  readonly message: string;
}

export function statusOf({ kind, state, declineCode, stage, reason }: ReferralView): ReferralStatus {
  const why = reason === null ? '' : ` ${reason}`;
  switch (state) {
    case 'pending':
      return {
        code: 'AWAITING_APPROVAL',
        message: `The company has not approved this ${kind} yet. Ask in Messages if it takes long.`,
      };
    case 'open':
      return { code: 'IN_PROGRESS', message: `The company is working on it. Stage: ${stage.name}.` };
    case 'declined':
      return {
        code: declineCode ?? 'DECLINED_BY_COMPANY',
        message: `This ${kind} was declined.${why}`,
      };
    case 'won':
      return { code: 'CLOSED_WON', message: `This ${kind} was won: it became a customer.` };
    case 'lost':
      return { code: 'CLOSED_LOST', message: `This ${kind} was lost.${why}` };
    case 'expired':
      return {
        code: 'REGISTRATION_EXPIRED',
        message:
          'The registration has expired. Ask the company to extend it in Messages, or register it again.',
      };
  }
}
