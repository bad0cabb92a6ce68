import { moneyText } from '#kernel';
import { dayText } from '#rules';
import type { Commission } from './commission.js';
import type { ReversalReason } from './commission-state.js';

/** Why a commission stands where it does: a code for machines and a sentence for the partner. */
export interface Explanation {
  readonly code:
    'AWAITING_FULFILMENT' | 'ON_HOLD' | 'PAYABLE' | 'IN_PAYOUT' | 'PAID' | 'PAID_TOO_MUCH' | ReversalReason;
  readonly sentence: string;
}

/** Explains a commission without naming a person. */
export function explain(commission: Commission): Explanation {
  const { state, heldUntil, timeZone } = commission;
  const subject = subjectText(commission);
  const amount = moneyText(commission.amount, commission.currency);
  switch (state) {
    case 'waiting_fulfilment':
      return {
        code: 'AWAITING_FULFILMENT',
        sentence: `${subject} waits for shipment or fulfilment by the company. Once fulfilled it earns you ${amount}.`,
      };
    case 'held': {
      const until = heldUntil ? ` until ${dayText(heldUntil, timeZone)}` : '';
      return {
        code: 'ON_HOLD',
        sentence: `${subject} earned you ${amount}, held${until} in case of a refund. Then it becomes payable.`,
      };
    }
    case 'payable':
      return explainPayable(commission, `${subject} earned you ${amount}`);
    case 'paid':
      return { code: 'PAID', sentence: `${subject} earned you ${amount}, which has been paid to you.` };
    case 'reversed': {
      const code = commission.reversalReason ?? 'NOT_QUALIFIED';
      return { code, sentence: `${subject} earns you nothing: ${REVERSED[code]}${setOff(commission)}` };
    }
  }
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
  REFUNDED: 'the customer got all of the money back.',
  REATTRIBUTED: 'it was credited by facts that became known later, and these credit it elsewhere.',
  NOT_QUALIFIED: 'facts that became known later show that it does not meet the conditions of the offer.',
};

function subjectText({ subjectKind, occurredAt, timeZone }: Commission): string {
  const day = dayText(occurredAt, timeZone);
  return subjectKind === 'order' ? `1 order of ${day}` : `1 signup of ${day}`;
}
