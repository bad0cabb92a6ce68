import { moneyText } from '#kernel';
import { dayText } from '#rules';
import type { Commission } from './commission.js';
import type { ReversalReason } from './commission-state.js';

/** Why a commission stands where it does: a code for machines and a sentence for the partner. */
export interface Explanation {
  readonly code: 'AWAITING_FULFILMENT' | 'ON_HOLD' | 'PAYABLE' | ReversalReason;
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
      return {
        code: 'PAYABLE',
        sentence: `${subject} earned you ${amount}. The hold is over: it is payable.`,
      };
    case 'reversed': {
      const code = commission.reversalReason ?? 'NOT_QUALIFIED';
      return { code, sentence: `${subject} earns you nothing: ${REVERSED[code]}` };
    }
  }
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
