import { DELETION_REASON_TEXTS } from '#contracts';
import { moneyText } from '#kernel';
import { dayText } from '#rules';
import type { Commission } from './commission.js';
import type { ReversalReason } from './commission-state.js';

/** Why a commission stands where it does: a code for machines and a sentence for the partner. */
export interface Explanation {
  readonly code:
    | 'AWAITING_FULFILMENT'
    | 'AWAITING_APPROVAL'
    | 'ON_HOLD'
    | 'PAYABLE'
    | 'IN_PAYOUT'
    | 'PAID'
    | 'PAID_TOO_MUCH'
    | 'ADJUSTED'
    | ReversalReason;
  readonly sentence: string;
}

/** Explains a commission without naming a person. */
export function explain(commission: Commission): Explanation {
  const { state, heldUntil, timeZone } = commission;
  if (commission.subjectKind === 'adjustment' && state !== 'reversed') return explainAdjustment(commission);
  const subject = subjectText(commission);
  const amount = moneyText(commission.amount, commission.currency);
  switch (state) {
    case 'waiting_fulfilment':
      return {
        code: 'AWAITING_FULFILMENT',
        sentence: `${subject} waits for shipment or fulfilment by the company. Once fulfilled it earns you ${amount}.`,
      };
    case 'in_review':
      return {
        code: 'AWAITING_APPROVAL',
        sentence: `${subject} comes to ${amount}. The company looks at it first: once approved it is yours.`,
      };
    case 'held':
    case 'approved': {
      const until = heldUntil ? ` until ${dayText(heldUntil, timeZone)}` : '';
      const earned = `${earnedText(commission)}${state === 'approved' ? ', approved by the company' : ''}`;
      const rest = commission.earned === commission.amount ? '' : HOLD_OF_THE_REST;
      return {
        code: 'ON_HOLD',
        sentence: `${earned}, held${until} in case of a refund. Then it becomes payable.${rest}`,
      };
    }
    case 'payable':
      return explainPayable(commission, earnedText(commission));
    case 'paid':
      return { code: 'PAID', sentence: `${earnedText(commission)}, which has been paid to you.` };
    case 'declined':
    case 'reversed': {
      const code = commission.reversalReason ?? 'NOT_QUALIFIED';
      const why = refusalText(commission) ?? REVERSED[code];
      return { code, sentence: `${subject} earns you nothing: ${why}${setOff(commission)}` };
    }
  }
}

const HOLD_OF_THE_REST =
  ' The hold counts from the first shipment for the whole order: what is shipped once it is over is payable at once.';

/** Lines of an order that are not shipped yet earn later. */
function earnedText(commission: Commission): string {
  const { amount, earned, currency } = commission;
  const subject = subjectText(commission);
  if (earned === amount) return `${subject} earned you ${moneyText(amount, currency)}`;
  const [part, whole] = [moneyText(earned, currency), moneyText(amount, currency)];
  return `${subject} earned you ${part} of ${whole} so far (the rest once it is shipped)`;
}

function explainPayable(commission: Commission, earned: string): Explanation {
  const { payable, inPayout } = commission;
  if (payable < 0n) return { code: 'PAID_TOO_MUCH', sentence: `${earned}.${setOff(commission)}` };
  if (payable === 0n && inPayout !== 0n) {
    return { code: 'IN_PAYOUT', sentence: `${earned}. The hold is over: it is being paid to you.` };
  }
  return { code: 'PAYABLE', sentence: `${earned}. The hold is over: it is payable.` };
}

/** What is said when a reversal came after the payout. */
function setOff({ payable, inPayout, paidOut, currency }: Commission): string {
  if (payable >= 0n) return '';
  const [settled, excess] = [inPayout + paidOut, -payable].map((sum) => moneyText(sum, currency));
  return ` ${settled} went into your payouts for it already, so ${excess} is set off against the next one.`;
}

const REVERSED: Readonly<Record<ReversalReason, string>> = {
  ACCOUNT_CANCELLED: 'the customer cancelled their account.',
  DUPLICATE: 'it was counted already.',
  FRAUD: 'the company suspects fraud.',
  TEST: 'it was a test of the company.',
  OTHER: 'the company deleted it.',
  REFUNDED: 'the customer got all of the money back.',
  CHARGED_BACK: "the customer's bank took the money back.",
  CANCELLED: 'it was cancelled before it was fulfilled.',
  REATTRIBUTED: 'it was credited by facts that became known later, and these credit it elsewhere.',
  NOT_QUALIFIED: 'facts that became known later show that it does not meet the conditions of the offer.',
};

/** What the company did and why; null when facts alone left nothing. */
function refusalText({ ruling, subjectKind }: Commission): string | null {
  if (!ruling || ruling.kind === 'approved') return null;
  const because = `because ${DELETION_REASON_TEXTS[ruling.reason]}.`;
  const said = ruling.note === null ? '' : ` The company says: ${ruling.note}`;
  if (ruling.kind === 'declined') return `the company declined it, ${because}${said}`;
  const subject = subjectKind === 'order' ? 'the order' : 'what it was for';
  const what = { commission: 'it', subject, customer: 'the customer' }[ruling.extent];
  return `the company deleted ${what}, ${because}${said}`;
}

function explainAdjustment({ amount, currency, adjustmentReason }: Commission): Explanation {
  const [verb, sum] = amount < 0n ? ['took', -amount] : ['gave you', amount];
  const sentence = `The company ${verb} ${moneyText(sum, currency)}. It says: ${adjustmentReason ?? ''}`;
  return { code: 'ADJUSTED', sentence };
}

function subjectText({ subjectKind, occurredAt, timeZone }: Commission): string {
  return `1 ${subjectKind} of ${dayText(occurredAt, timeZone)}`;
}
