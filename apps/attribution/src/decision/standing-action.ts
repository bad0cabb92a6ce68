import type { Id } from '#kernel';
import type { Click, PresentedClick } from '#rules';
import type { Action } from './action.js';
import type { ClickRecord } from './clicks.js';
import { clickFor, type Grounds } from './grounds.js';
import { membershipFor } from './memberships.js';
import type { StandingDecision } from './standing-decisions.js';

/** The action as it was decided, with the late clicks of its visitor that happened before it. */
export function actionOf(
  standing: StandingDecision,
  lateClicks: readonly ClickRecord[],
  grounds: Grounds,
): Action {
  const presented = lateClicks.find(({ clickId }) => clickId === standing.presentedClickId);
  const visitorId = standing.visitorId ?? presented?.visitorId ?? null;
  const late = lateClicks.filter(
    (click) => visitorId !== null && click.visitorId === visitorId && click.clickedAt <= standing.occurredAt,
  );
  return {
    ...standing,
    visitorId,
    presented: presentedOf(standing, late, grounds),
    codes: standing.candidates.flatMap(({ code, partnershipId, reason }) =>
      code === null
        ? []
        : [
            {
              code,
              membership: membershipFor(partnershipId, grounds.memberships),
              isInForce: reason !== 'CODE_NOT_ACTIVE',
            },
          ],
    ),
    submittedBy: submitterOf(standing, grounds),
  };
}

function submitterOf({ candidates }: StandingDecision, grounds: Grounds) {
  const own = candidates.find(({ kind }) => kind === 'lead' || kind === 'deal');
  return own ? membershipFor(own.partnershipId, grounds.memberships) : null;
}

function presentedOf(
  standing: StandingDecision,
  late: readonly ClickRecord[],
  grounds: Grounds,
): PresentedClick {
  if (standing.presented !== 'visitor' && late.length === 0) return { kind: standing.presented };
  const clicks = new Map<Id<'Click'>, Click>();
  for (const { click, ...names } of standing.candidates) {
    if (click) clicks.set(click.clickId, clickFor({ ...click, ...names }, grounds));
  }
  for (const click of late) clicks.set(click.clickId, clickFor(click, grounds));
  return { kind: 'visitor', clicks: [...clicks.values()] };
}
