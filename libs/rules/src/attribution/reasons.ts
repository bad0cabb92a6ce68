/**
 * Why a partner does not see a customer, in the two classes of the help article "Why can't I see my
 * customer?": the referral never reached us, or the company has to act before it shows.
 */
export type ReasonClass = 'NOT_TRACKED' | 'COMPANY_ACTION_NEEDED';

interface Reason {
  /** Null for a reason of someone who was credited. */
  readonly class: ReasonClass | null;
  /** One sentence that partners and the company read alike. Names nobody. */
  readonly sentence: string;
}

/** What became of one candidate. `event`: the signup, order, lead, deal or action that is decided. */
const CANDIDATE = {
  WON: { class: null, sentence: 'This was credited.' },
  CREDITED_BY_BINDING: {
    class: null,
    sentence:
      'The customer already belonged to the same partner by an earlier event, so nothing else had to decide.',
  },
  EARLIER_CLICK_OF_SAME_PARTNER: {
    class: null,
    sentence: 'A later click of the same partner decided instead.',
  },
  OTHER_PARTNER_LAST_CLICK: {
    class: 'NOT_TRACKED',
    sentence: 'A later click of another partner was credited: the last click wins.',
  },
  CUSTOMER_ALREADY_BOUND: {
    class: 'NOT_TRACKED',
    sentence: 'The customer already belonged to another partner by an earlier event.',
  },
  CLICK_EXPIRED: {
    class: 'NOT_TRACKED',
    sentence: "More time passed between the click and the event than the program's window allows.",
  },
  CLICK_AFTER_ACTION: {
    class: 'NOT_TRACKED',
    sentence: 'The click came after the event.',
  },
  PARTNERSHIP_NOT_ACTIVE: {
    class: 'NOT_TRACKED',
    sentence:
      'The partner was not an approved member of the program at the time of the event, or of the click before it.',
  },
  CODE_NOT_ACTIVE: {
    class: 'NOT_TRACKED',
    sentence: "The discount code was not this partner's at the time of the event.",
  },
  CREDITED_BY_CODE: { class: null, sentence: 'A discount code of the same partner decided instead.' },
  OTHER_PARTNER_CODE: {
    class: 'NOT_TRACKED',
    sentence:
      "A discount code of another partner was used; by the company's order of precedence it goes before this.",
  },
  CREDITED_BY_CLICK: { class: null, sentence: 'A click of the same partner decided instead.' },
  OTHER_PARTNER_CLICK_FIRST: {
    class: 'NOT_TRACKED',
    sentence:
      "A click of another partner was credited; by the company's order of precedence it goes before this.",
  },
  CREDITED_BY_ASSIGNMENT: {
    class: null,
    sentence: 'The company gave the customer to the same partner by hand, so nothing else had to decide.',
  },
  ASSIGNED_OTHERWISE: {
    class: 'COMPANY_ACTION_NEEDED',
    sentence: 'The company gave the customer to another partner, or to nobody, by hand.',
  },
  CUSTOMER_DELETED: {
    class: 'COMPANY_ACTION_NEEDED',
    sentence: 'The company had deleted the customer before this was decided.',
  },
  REFERRAL_LOST: {
    class: 'COMPANY_ACTION_NEEDED',
    sentence: 'The company closed the lead or deal as lost after it had closed it as won.',
  },
} as const satisfies Record<string, Reason>;

/** How a whole decision came about; the codes of a candidate stand for "the best candidate lost by this". */
const DECISION = {
  CREDITED_LAST_CLICK: { class: null, sentence: 'The last click inside the window was credited.' },
  CREDITED_BOUND_CUSTOMER: {
    class: null,
    sentence: 'The partner whom the customer belongs to by an earlier event was credited.',
  },
  CREDITED_CODE: { class: null, sentence: 'A discount code of the partner was used.' },
  CREDITED_LEAD: {
    class: null,
    sentence: 'The lead was won, and the partner who submitted it was credited.',
  },
  CREDITED_DEAL: {
    class: null,
    sentence: 'The deal was won, and the partner who registered it was credited.',
  },
  CREDITED_MANUAL: { class: null, sentence: 'The company gave the customer to the partner by hand.' },
  NO_CLICK_ID_PRESENTED: {
    class: 'NOT_TRACKED',
    sentence:
      'The event named no click. Possible causes: cookies were cleared or blocked, or another browser or device was used.',
  },
  CLICK_ID_MALFORMED: {
    class: 'COMPANY_ACTION_NEEDED',
    sentence:
      "The company's platform sent a click id that cannot be one of ours; its integration needs mending.",
  },
  CLICK_ID_UNKNOWN: {
    class: 'NOT_TRACKED',
    sentence: 'The event named a click that was never recorded.',
  },
  BOUND_PARTNERSHIP_ENDED: {
    class: 'NOT_TRACKED',
    sentence: 'The customer belongs to a partner who had left the program by then.',
  },
  ASSIGNED_TO_NOBODY: {
    class: 'COMPANY_ACTION_NEEDED',
    sentence: 'The company decided by hand that the customer belongs to no partner.',
  },
  ASSIGNED_OTHERWISE: CANDIDATE.ASSIGNED_OTHERWISE,
  CUSTOMER_ALREADY_BOUND: CANDIDATE.CUSTOMER_ALREADY_BOUND,
  CUSTOMER_DELETED: CANDIDATE.CUSTOMER_DELETED,
  REFERRAL_LOST: CANDIDATE.REFERRAL_LOST,
  CODE_NOT_ACTIVE: CANDIDATE.CODE_NOT_ACTIVE,
  CLICK_EXPIRED: CANDIDATE.CLICK_EXPIRED,
  CLICK_AFTER_ACTION: CANDIDATE.CLICK_AFTER_ACTION,
  PARTNERSHIP_NOT_ACTIVE: CANDIDATE.PARTNERSHIP_NOT_ACTIVE,
} as const satisfies Record<string, Reason>;

/** What a credited partner waits for; attribution is decided, only its visibility is not. */
const VISIBILITY = {
  AWAITING_FULFILMENT: {
    class: 'COMPANY_ACTION_NEEDED',
    sentence: 'The order is credited; it shows with its customer once the company has shipped it.',
  },
  AWAITING_APPROVAL: {
    class: 'COMPANY_ACTION_NEEDED',
    sentence: 'The company has not reviewed it yet; nothing of it shows before it is approved.',
  },
  CANCELLED_BEFORE_FULFILMENT: {
    class: 'COMPANY_ACTION_NEEDED',
    sentence: 'The order was cancelled before it was shipped, so neither it nor its customer ever shows.',
  },
  DELETED_BEFORE_FULFILMENT: {
    class: 'COMPANY_ACTION_NEEDED',
    sentence:
      'The company deleted the order before it was shipped, so neither it nor its customer ever shows.',
  },
} as const satisfies Record<string, Reason>;

export type CandidateReason = keyof typeof CANDIDATE;
export type DecisionReason = keyof typeof DECISION;
export type ReasonCode = CandidateReason | DecisionReason | keyof typeof VISIBILITY;

/** Every reason code that attribution gives, with its class and sentence (docs/reason-codes.md). */
export const REASONS: Readonly<Record<ReasonCode, Reason>> = { ...CANDIDATE, ...DECISION, ...VISIBILITY };

export const CANDIDATE_REASONS = Object.keys(CANDIDATE) as readonly CandidateReason[];
export const DECISION_REASONS = Object.keys(DECISION) as readonly DecisionReason[];

export interface Explanation {
  readonly code: ReasonCode;
  readonly class: ReasonClass | null;
  readonly sentence: string;
}

/** The code together with what the API shows beside it. */
export function explain(code: ReasonCode): Explanation {
  return { code, class: REASONS[code].class, sentence: REASONS[code].sentence };
}
