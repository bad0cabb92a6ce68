import { type CustomerDeleted, DELETION_REASON_TEXTS } from '#contracts';
import { dayText } from '#rules';
import type { NoticeNames, NoticeText } from './notice-text.js';

/** By the day since which it was the partner's: the person has no place in a notice. */
export function customerDeletedText(
  { reason, note, commissions }: Pick<CustomerDeleted, 'reason' | 'note' | 'commissions'>,
  customerSince: string,
  names: NoticeNames,
): NoticeText {
  const since = dayText(new Date(customerSince), names.timeZone);
  const words = note === null ? '' : ` ${names.company} says: ${note}`;
  const money =
    commissions === 'keep'
      ? 'What it has earned you so far stays yours.'
      : 'What it has earned you is taken back, as notices of their own say.';
  return {
    title: 'A customer of yours was deleted',
    body:
      `${names.company} deleted your customer since ${since} in ${names.program}, because ` +
      `${DELETION_REASON_TEXTS[reason]} (${reason}).${words} ${money} It stays in your list of customers, as deleted. ` +
      'If you do not agree, write to the company in Messages.',
  };
}
