import type { DealExpired, ReferralClosed, ReferralReviewed } from '#contracts';
import { dayText } from '#rules';
import type { NoticeNames, NoticeText } from './notice-text.js';

export function referralReviewedText(data: ReferralReviewed, names: NoticeNames): NoticeText {
  const { kind, outcome, reason } = data;
  const why = reason === null ? '' : ` ${reason}`;
  const next = outcome === 'approved' ? ` The company goes on with it; its stages are in your ${kind}s.` : '';
  return {
    title: `Your ${kind} was ${outcome}`,
    body: `Your ${origin(data, names)} was ${outcome}.${why}${next}`,
  };
}

export function referralClosedText(data: ReferralClosed, names: NoticeNames): NoticeText {
  const { kind, outcome, reason } = data;
  const why = reason === null ? '' : ` ${reason}`;
  const next =
    outcome === 'won' ? ' What it earns by your offers, if anything, is told in a notice of its own.' : '';
  return {
    title: `Your ${kind} was ${outcome}`,
    body: `${names.company} closed your ${origin(data, names)} as ${outcome}.${why}${next}`,
  };
}

export const dealExpiredText = (data: DealExpired, names: NoticeNames): NoticeText => ({
  title: 'The registration of your deal has expired',
  body:
    `Your ${origin(data, names)} no longer keeps its account from other partners. ` +
    'Ask the company to extend it, or register the account again.',
});

/** By its day: the person it is about has no place in a notice. */
const origin = ({ kind, submittedAt }: DealExpired, names: NoticeNames) =>
  `${kind} of ${dayText(new Date(submittedAt), names.timeZone)} in ${names.program}`;
