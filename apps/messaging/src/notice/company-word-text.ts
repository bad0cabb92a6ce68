import {
  type CommissionAdjusted,
  type CommissionReversed,
  type CommissionReviewed,
  DELETION_REASON_TEXTS,
} from '#contracts';
import type { NoticeNames, NoticeText } from './notice-text.js';
import { money, subject } from './phrases.js';

const DELETED = {
  commission: 'it',
  subject: 'what it was for',
  customer: 'the customer',
} as const satisfies Record<NonNullable<CommissionReversed['deletion']>['extent'], string>;

export function deletedText(
  data: CommissionReversed,
  { extent, reason, note }: NonNullable<CommissionReversed['deletion']>,
  names: NoticeNames,
): NoticeText {
  const isEarned = data.change !== 0;
  const change = money(-data.change, data.currency);
  // What was not earned yet may not be shipped yet: then its key is not for the partner.
  const about = isEarned ? subject(data) : 'something that waited';
  const because = `because ${DELETION_REASON_TEXTS[reason]} (${reason})`;
  return {
    title: isEarned ? `${change} was taken back` : 'A commission will not come',
    body:
      `${names.company} took your commission for ${about} by the offer "${names.offer}" of ${names.program} back: ` +
      `it deleted ${DELETED[extent]}, ${because}.${words(names, note)} ${ASK}`,
  };
}

export function commissionReviewedText(data: CommissionReviewed, names: NoticeNames): NoticeText {
  const amount = money(data.amount, data.currency);
  const commission = `your commission of ${amount} for ${subject(data)} by the offer "${names.offer}" of ${names.program}`;
  if (data.reason === null) {
    return {
      title: `${amount} was approved`,
      body: `${names.company} approved ${commission}.${words(names, data.note)}`,
    };
  }
  return {
    title: `${amount} was declined`,
    body:
      `${names.company} declined ${commission}, because ${DELETION_REASON_TEXTS[data.reason]} (${data.reason}).` +
      `${words(names, data.note)} ${ASK}`,
  };
}

export function adjustedText(
  { amount, currency, reason }: CommissionAdjusted,
  names: NoticeNames,
): NoticeText {
  const sum = money(Math.abs(amount), currency);
  const [title, verb] = amount < 0 ? [`${sum} was taken`, 'takes'] : [`You got ${sum}`, 'gives you'];
  return { title, body: `${names.company} ${verb} ${sum} in ${names.program}. The company says: ${reason}` };
}

const ASK = 'If you do not agree, write to the company in Messages.';

const words = (names: NoticeNames, note: string | null) =>
  note === null ? '' : ` ${names.company} says: ${note}`;
