import { type Contender, contendersOf } from './contenders.js';
import { decideByRuling } from './decide-by-ruling.js';
import { decideReferral } from './decide-referral.js';
import type { CustomerTie, Decision } from './decision.js';
import { isSamePartner } from './membership.js';
import { type Precedence, precedenceAt, type PrecedenceMethod } from './precedence.js';
import type { CandidateReason, DecisionReason } from './reasons.js';
import type { PresentedClick, ReferralAction } from './referral-action.js';

/**
 * Decides whom one action credits. A ruling of the company goes before all; a won lead or deal credits who
 * submitted it; all else goes by the company's precedence, by default: the partner whom the customer is bound to,
 * then a discount code, then the last click (by click time, ties by click id) inside its program's window.
 *
 * At most one candidate wins; every other gets exactly one reason: what it lacks itself first, else what went
 * before it.
 *
 * @param precedence every setting of the company; the one at the action's time counts
 */
export function decideWinner(
  action: ReferralAction,
  { boundTo, ruling }: CustomerTie,
  precedence: readonly Precedence[],
): Decision {
  if (action.submittedBy) return decideReferral(action, action.submittedBy, { boundTo, ruling });
  const contenders = contendersOf(action, boundTo);
  if (ruling) return decideByRuling(action, ruling, contenders);
  return decideByPrecedence(action, contenders, precedenceAt(precedence, action.occurredAt));
}

/** A customer who is bound to a partner who has left stays bound: what ranks lower is not credited instead. */
function decideByPrecedence(
  action: ReferralAction,
  contenders: readonly Contender[],
  methods: readonly PrecedenceMethod[],
): Decision {
  const ranked = contenders.toSorted((a, b) => methods.indexOf(a.method) - methods.indexOf(b.method));
  const first = ranked.find(({ method, fault }) => fault === null || method === 'bound_customer');
  const candidates = ranked.map((contender) => ({
    ...contender.contestant,
    reason: reasonOf(contender, first),
  }));
  if (!first)
    return { winner: null, reason: ranked[0]?.fault ?? reasonForNoClick(action.presented), candidates };
  if (first.fault !== null) return { winner: null, reason: 'BOUND_PARTNERSHIP_ENDED', candidates };
  const { membership } = first.contestant;
  return { winner: { membership, method: first.method }, reason: CREDITED[first.method], candidates };
}

const CREDITED: Readonly<Record<PrecedenceMethod, DecisionReason>> = {
  bound_customer: 'CREDITED_BOUND_CUSTOMER',
  code: 'CREDITED_CODE',
  last_click: 'CREDITED_LAST_CLICK',
};

function reasonOf(contender: Contender, first: Contender | undefined): CandidateReason {
  if (contender.fault !== null) return contender.fault;
  return first === undefined || contender === first ? 'WON' : reasonLostTo(first, contender);
}

function reasonLostTo(winner: Contender, { contestant, method }: Contender): CandidateReason {
  const isSame = isSamePartner(contestant.membership, winner.contestant.membership);
  switch (winner.method) {
    case 'bound_customer':
      return isSame ? 'CREDITED_BY_BINDING' : 'CUSTOMER_ALREADY_BOUND';
    case 'code':
      return isSame ? 'CREDITED_BY_CODE' : 'OTHER_PARTNER_CODE';
    case 'last_click':
      if (method === 'last_click')
        return isSame ? 'EARLIER_CLICK_OF_SAME_PARTNER' : 'OTHER_PARTNER_LAST_CLICK';
      return isSame ? 'CREDITED_BY_CLICK' : 'OTHER_PARTNER_CLICK_FIRST';
  }
}

function reasonForNoClick(presented: PresentedClick): DecisionReason {
  switch (presented.kind) {
    case 'none':
      return 'NO_CLICK_ID_PRESENTED';
    case 'malformed':
      return 'CLICK_ID_MALFORMED';
    case 'unknown':
    case 'visitor':
      return 'CLICK_ID_UNKNOWN';
  }
}
