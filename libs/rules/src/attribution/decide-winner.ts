import type { Id } from '#kernel';
import type { CandidateReason, DecisionReason } from './reasons.js';

/** From an approval to the end that followed; half-open, null while it lasts. */
export interface MembershipPeriod {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** A partner's membership of a program; who left may have joined again. It is credited inside its periods only. */
export interface Membership {
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
  readonly programId: Id<'Program'>;
  readonly periods: readonly MembershipPeriod[];
}

/** How long a program's clicks count, from a moment on. */
export interface ClickWindow {
  readonly effectiveFrom: Date;
  readonly days: number;
}

export interface Click {
  readonly clickId: Id<'Click'>;
  readonly linkId: Id<'Link'>;
  readonly clickedAt: Date;
  readonly membership: Membership;
  /** Every setting the clicked link's program ever had; none means 90 days. */
  readonly windows: readonly ClickWindow[];
}

/** What the signup or order brought along to name its referrer. */
export type PresentedClick =
  | { readonly kind: 'none' | 'malformed' | 'unknown' }
  /** All clicks of the visitor behind the presented click id. */
  | { readonly kind: 'visitor'; readonly clicks: readonly Click[] };

/** A signup or an order: something that can credit a partner. */
export interface ReferralAction {
  readonly kind: 'signup' | 'order';
  readonly occurredAt: Date;
  readonly presented: PresentedClick;
}

export type Candidate =
  | { readonly kind: 'binding'; readonly membership: Membership; readonly reason: CandidateReason }
  | {
      readonly kind: 'click';
      readonly click: Click;
      readonly membership: Membership;
      readonly reason: CandidateReason;
    };

export interface Decision {
  readonly winner: {
    readonly membership: Membership;
    readonly method: 'bound_customer' | 'last_click';
  } | null;
  readonly reason: DecisionReason;
  /** The binding first, then clicks from the newest to the oldest, then clicks after the action. */
  readonly candidates: readonly Candidate[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_WINDOW_DAYS = 90;

/**
 * Decides whom one signup or order credits. Precedence: the partner the customer is bound to, then the last
 * click (by click time, ties by click id) inside its program's window. At most one candidate wins; every other
 * gets exactly one reason: what the click itself lacks first, else what went before it.
 *
 * @param boundTo whom an earlier action of the same customer bound it to; a later click never moves it
 */
export function decideWinner(action: ReferralAction, boundTo: Membership | null): Decision {
  const clicks = action.presented.kind === 'visitor' ? inTraceOrder(action.presented.clicks, action) : [];
  const judged = clicks.map((click) => ({ click, fault: faultOf(click, action) }));
  return boundTo ? creditBinding(action, boundTo, judged) : creditLastClick(action, judged);
}

type Fault = 'CLICK_AFTER_ACTION' | 'CLICK_EXPIRED' | 'PARTNERSHIP_NOT_ACTIVE';

interface JudgedClick {
  readonly click: Click;
  /** What keeps the click from being credited whoever else there is; null when nothing does. */
  readonly fault: Fault | null;
}

function creditBinding(
  action: ReferralAction,
  boundTo: Membership,
  clicks: readonly JudgedClick[],
): Decision {
  const isCredited = isActive(boundTo, action.occurredAt);
  const lost = clicks.map(({ click, fault }) =>
    candidate(
      click,
      fault ?? (isSamePartner(click, boundTo) ? 'CREDITED_BY_BINDING' : 'CUSTOMER_ALREADY_BOUND'),
    ),
  );
  return isCredited
    ? {
        winner: { membership: boundTo, method: 'bound_customer' },
        reason: 'CREDITED_BOUND_CUSTOMER',
        candidates: [{ kind: 'binding', membership: boundTo, reason: 'WON' }, ...lost],
      }
    : {
        winner: null,
        reason: 'BOUND_PARTNERSHIP_ENDED',
        candidates: [{ kind: 'binding', membership: boundTo, reason: 'PARTNERSHIP_NOT_ACTIVE' }, ...lost],
      };
}

function creditLastClick(action: ReferralAction, clicks: readonly JudgedClick[]): Decision {
  const last = clicks.find(({ fault }) => fault === null)?.click;
  if (!last) {
    return {
      winner: null,
      reason: clicks[0]?.fault ?? reasonForNoClick(action.presented),
      candidates: clicks.flatMap(({ click, fault }) => (fault ? [candidate(click, fault)] : [])),
    };
  }
  const reasonOf = ({ click, fault }: JudgedClick): CandidateReason => {
    if (click === last) return 'WON';
    if (fault) return fault;
    return isSamePartner(click, last.membership)
      ? 'EARLIER_CLICK_OF_SAME_PARTNER'
      : 'OTHER_PARTNER_LAST_CLICK';
  };
  return {
    winner: { membership: last.membership, method: 'last_click' },
    reason: 'CREDITED_LAST_CLICK',
    candidates: clicks.map((judged) => candidate(judged.click, reasonOf(judged))),
  };
}

/** The window is inclusive: a click exactly `days` × 24 h before the action counts, 1 ms more does not. */
function faultOf(click: Click, action: ReferralAction): Fault | null {
  const age = action.occurredAt.getTime() - click.clickedAt.getTime();
  if (age < 0) return 'CLICK_AFTER_ACTION';
  if (age > windowDays(click.windows, action.occurredAt) * DAY_MS) return 'CLICK_EXPIRED';
  const { membership } = click;
  return isActive(membership, click.clickedAt) && isActive(membership, action.occurredAt)
    ? null
    : 'PARTNERSHIP_NOT_ACTIVE';
}

/** The setting in force at `moment`; before the first one, the first one. */
function windowDays(windows: readonly ClickWindow[], moment: Date): number {
  const byStart = windows.toSorted((a, b) => b.effectiveFrom.getTime() - a.effectiveFrom.getTime());
  const inForce = byStart.find(({ effectiveFrom }) => effectiveFrom <= moment) ?? byStart.at(-1);
  return inForce?.days ?? DEFAULT_WINDOW_DAYS;
}

function isActive({ periods }: Membership, moment: Date): boolean {
  return periods.some(
    ({ startedAt, endedAt }) => startedAt <= moment && (endedAt === null || moment < endedAt),
  );
}

function isSamePartner(click: Click, membership: Membership): boolean {
  return click.membership.partnerId === membership.partnerId;
}

/** Newest click first, ties by id; clicks after the action last, for they could not have led to it. */
function inTraceOrder(clicks: readonly Click[], action: ReferralAction): Click[] {
  const isAfter = (click: Click) => Number(click.clickedAt > action.occurredAt);
  return clicks.toSorted(
    (a, b) =>
      isAfter(a) - isAfter(b) ||
      b.clickedAt.getTime() - a.clickedAt.getTime() ||
      (a.clickId < b.clickId ? 1 : -1),
  );
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

function candidate(click: Click, reason: CandidateReason): Candidate {
  return { kind: 'click', click, membership: click.membership, reason };
}
