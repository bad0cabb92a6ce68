import { DAY_MS, inForceOrFirst } from '#kernel';
import type { Contestant } from './decision.js';
import { isActive, type Membership } from './membership.js';
import type { PrecedenceMethod } from './precedence.js';
import type { Click, PresentedCode, ReferralAction } from './referral-action.js';

export type Fault = 'CLICK_AFTER_ACTION' | 'CLICK_EXPIRED' | 'CODE_NOT_ACTIVE' | 'PARTNERSHIP_NOT_ACTIVE';

/** A candidate that is judged, before it is known who wins. */
export interface Contender {
  readonly contestant: Contestant;
  readonly method: PrecedenceMethod;
  /** What keeps it from being credited whoever else there is; null when nothing does. */
  readonly fault: Fault | null;
}

const DEFAULT_WINDOW = { days: 90 };

/** Everyone who could be credited with an action, in the default precedence. */
export function contendersOf(action: ReferralAction, boundTo: Membership | null): Contender[] {
  const clicks = action.presented.kind === 'visitor' ? inTraceOrder(action.presented.clicks, action) : [];
  return [
    ...(boundTo ? [bindingContender(boundTo, action)] : []),
    ...action.codes.map((code) => codeContender(code, action)),
    ...clicks.map((click) => clickContender(click, action)),
  ];
}

const bindingContender = (membership: Membership, { occurredAt }: ReferralAction): Contender => ({
  contestant: { kind: 'binding', membership },
  method: 'bound_customer',
  fault: isActive(membership, occurredAt) ? null : 'PARTNERSHIP_NOT_ACTIVE',
});

function codeContender({ code, membership, isInForce }: PresentedCode, action: ReferralAction): Contender {
  const contestant = { kind: 'code' as const, code, membership };
  if (!isInForce) return { contestant, method: 'code', fault: 'CODE_NOT_ACTIVE' };
  const fault = isActive(membership, action.occurredAt) ? null : 'PARTNERSHIP_NOT_ACTIVE';
  return { contestant, method: 'code', fault };
}

const clickContender = (click: Click, action: ReferralAction): Contender => ({
  contestant: { kind: 'click', click, membership: click.membership },
  method: 'last_click',
  fault: faultOfClick(click, action),
});

/** The window is inclusive: a click exactly `days` × 24 h before the action counts, 1 ms more does not. */
function faultOfClick(
  { clickedAt, membership, windows }: Click,
  { occurredAt }: ReferralAction,
): Fault | null {
  const age = occurredAt.getTime() - clickedAt.getTime();
  if (age < 0) return 'CLICK_AFTER_ACTION';
  const { days } = inForceOrFirst(windows, occurredAt) ?? DEFAULT_WINDOW;
  if (age > days * DAY_MS) return 'CLICK_EXPIRED';
  return isActive(membership, clickedAt) && isActive(membership, occurredAt)
    ? null
    : 'PARTNERSHIP_NOT_ACTIVE';
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
