import type { InvariantResult } from '#database';
import type { ApiClient } from './api-client.js';
import type { StoryResult } from './story.js';

/** The one JSON object that `npm run demo -- --once --json` prints last. Amounts are minor units. */
export interface Summary {
  readonly events: StoryResult['webhooks'] & { readonly clicks: number };
  readonly commissions: readonly {
    readonly partner: string;
    readonly amount: number;
    readonly currency: string;
    readonly state: string;
    readonly heldUntil: string | null;
  }[];
  /** Every invariant of docs/architecture.md, the ledger's among them; `broken` names those that fail. */
  readonly ledger: { readonly isBalanced: boolean; readonly broken: readonly string[] };
  readonly deadLetters: { readonly repaired: number; readonly open: number };
  readonly replays: readonly string[];
  readonly seconds: number;
}

export async function summarize(
  operator: ApiClient,
  story: StoryResult,
  invariants: readonly InvariantResult[],
  seconds: number,
): Promise<Summary> {
  const { data: open } = await operator.get<{ data: unknown[] }>('/v1/ops/dead-letters');
  const broken = invariants.filter((result) => result.broken > 0).map(({ id }) => id);
  const commissions = [];
  for (const view of [story.winner, story.loser]) {
    for (const { amount, state, heldUntil } of await view.commissions()) {
      commissions.push({ partner: view.partner.name, ...amount, state, heldUntil });
    }
  }
  return {
    events: { ...story.webhooks, clicks: story.clicks },
    commissions,
    ledger: { isBalanced: broken.length === 0, broken },
    deadLetters: { repaired: story.deadLetters - open.length, open: open.length },
    replays: story.replays,
    seconds: Math.round(seconds * 10) / 10,
  };
}
