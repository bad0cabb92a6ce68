import { LRUCache } from 'lru-cache';
import {
  type CommissionEarned,
  type CommissionReleased,
  type CommissionReversed,
  DELETION_REASON_TEXTS,
  type PayoutPaid,
} from '#contracts';
import { dayText } from '#rules';
import { deletedText } from './company-word-text.js';
import { capital, money, subject } from './phrases.js';

/** What the partner reads, in the list of notices and as the e-mail's subject and body. */
export interface NoticeText {
  readonly title: string;
  readonly body: string;
}

/** The names that a notice speaks of, and the program's time zone for its dates. */
export interface NoticeNames {
  readonly program: string;
  readonly company: string;
  readonly offer: string;
  readonly timeZone: string;
}

export function earnedText(data: CommissionEarned, names: NoticeNames, now: Date): NoticeText {
  const [amount, change] = [money(data.amount, data.currency), money(data.change, data.currency)];
  const total = data.amount === data.change ? '' : ` This commission is now ${amount} in all.`;
  const heldUntil = new Date(data.heldUntil);
  const hold =
    heldUntil <= now
      ? 'Its hold is over, so it is payable.'
      : `It is held until ${holdDay(heldUntil, names.timeZone)}, so that refunds until then can be taken into ` +
        'account, and payable from that day on.';
  return {
    title: `You earned ${change}`,
    body: `${capital(subject(data))} earned you ${change} by the offer "${names.offer}" of ${names.program}.${total} ${hold}`,
  };
}

const REVERSAL_REASONS: Readonly<Record<CommissionReversed['reason'], string>> = {
  ...DELETION_REASON_TEXTS,
  CHARGED_BACK: "the customer's bank took the payment back",
  CANCELLED: 'the order was cancelled before it was fulfilled',
  REATTRIBUTED: 'a better decision credits another partner',
  CORRECTED: 'the company corrected what it had reported',
};

export function reversedText(data: CommissionReversed, names: NoticeNames): NoticeText {
  if (data.deletion) return deletedText(data, data.deletion, names);
  const change = money(-data.change, data.currency);
  const rest =
    data.amount === 0 ? 'Nothing of it is left.' : `${money(data.amount, data.currency)} of it is left.`;
  return {
    title: `${change} was taken back`,
    body:
      `Your commission for ${subject(data)} by the offer "${names.offer}" of ${names.program} is ${change} lower, ` +
      `because ${REVERSAL_REASONS[data.reason]} (${data.reason}). ${rest}`,
  };
}

export function releasedText(data: CommissionReleased, names: NoticeNames): NoticeText {
  const amount = money(data.amount, data.currency);
  return {
    title: `${amount} is payable`,
    body:
      `The hold on your commission for ${subject(data)} by the offer "${names.offer}" of ${names.program} is over: ` +
      `${amount} is payable now.`,
  };
}

export function paidText(
  { amount, currency, externalReference }: PayoutPaid,
  names: NoticeNames,
): NoticeText {
  const paid = money(amount, currency);
  return {
    title: `You were paid ${paid}`,
    body: `${names.company} paid you ${paid} for ${names.program}. It names the payment "${externalReference}".`,
  };
}

/** Holds end at local midnights, so a batch speaks of few days; to find one is the dearest part of a text. */
const holdDays = new LRUCache<string, string>({ max: 1_000 });

function holdDay(end: Date, timeZone: string): string {
  const key = `${end.getTime()} ${timeZone}`;
  const known = holdDays.get(key);
  if (known !== undefined) return known;
  const day = dayText(end, timeZone);
  holdDays.set(key, day);
  return day;
}
