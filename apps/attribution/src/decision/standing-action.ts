import type { Id } from '#kernel';
import type { Click, PresentedClick } from '#rules';
import type { Action } from './action.js';
import type { ClickRecord } from './clicks.js';
import { clickFor, membershipFor, type ProgramTerms } from './program-terms.js';
import type { StandingDecision } from './standing-decisions.js';

/** The action as it was decided, with the late clicks of its visitor that happened before it. */
export function actionOf(
  standing: StandingDecision,
  lateClicks: readonly ClickRecord[],
  terms: ProgramTerms,
): Action {
  const presented = lateClicks.find(({ clickId }) => clickId === standing.presentedClickId);
  const visitorId = standing.visitorId ?? presented?.visitorId ?? null;
  const late = lateClicks.filter(
    (click) => visitorId !== null && click.visitorId === visitorId && click.clickedAt <= standing.occurredAt,
  );
  return {
    ...standing,
    visitorId,
    presented: presentedOf(standing, late, terms),
    codes: standing.candidates.flatMap(({ code, partnershipId, reason }) =>
      code === null
        ? []
        : [
            {
              code,
              membership: membershipFor(partnershipId, terms),
              isInForce: reason !== 'CODE_NOT_ACTIVE',
            },
          ],
    ),
    submittedBy: submitterOf(standing, terms),
  };
}

function submitterOf({ candidates }: StandingDecision, terms: ProgramTerms) {
  const own = candidates.find(({ kind }) => kind === 'lead' || kind === 'deal');
  return own ? membershipFor(own.partnershipId, terms) : null;
}

function presentedOf(
  standing: StandingDecision,
  late: readonly ClickRecord[],
  terms: ProgramTerms,
): PresentedClick {
  if (standing.presented !== 'visitor' && late.length === 0) return { kind: standing.presented };
  const clicks = new Map<Id<'Click'>, Click>();
  for (const { click, ...names } of standing.candidates) {
    if (click) clicks.set(click.clickId, clickFor({ ...click, ...names }, terms));
  }
  for (const click of late) clicks.set(click.clickId, clickFor(click, terms));
  return { kind: 'visitor', clicks: [...clicks.values()] };
}
