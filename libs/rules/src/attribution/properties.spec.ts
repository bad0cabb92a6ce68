import fc from 'fast-check';
import { asId } from '#kernel';
import { type CustomerAction, decideHistory } from './decide-history.js';
import { type Click, decideWinner, type Membership } from './decide-winner.js';
import { CANDIDATE_REASONS, DECISION_REASONS } from './reasons.js';

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const HOUR = 3_600_000;
const hour = (hours: number) => new Date(1_800_000_000_000 + hours * HOUR);
const moment = fc.integer({ min: 0, max: 12 }).map(hour);

const MEMBERS: readonly Membership[] = [1, 2, 3].map((n) => ({
  partnershipId: asId('Partnership', uuid(n)),
  partnerId: asId('Partner', uuid(n)),
  programId: asId('Program', uuid(n)),
  periods:
    n === 3
      ? [
          { startedAt: hour(n), endedAt: hour(6) },
          { startedAt: hour(8), endedAt: hour(10) },
        ]
      : [{ startedAt: hour(n), endedAt: null }],
}));

const clicks: fc.Arbitrary<Click[]> = fc
  .array(fc.record({ membership: fc.constantFrom(...MEMBERS), clickedAt: moment }), { maxLength: 6 })
  .map((drawn) =>
    drawn.map((click, index) => ({
      ...click,
      clickId: asId('Click', uuid(index)),
      linkId: asId('Link', uuid(0)),
      // Six hours, so that the window has two sides within the drawn times.
      windows: [{ effectiveFrom: new Date(0), days: 0.25 }],
    })),
  );
const presented = fc.oneof(
  fc.constantFrom({ kind: 'none' as const }, { kind: 'malformed' as const }, { kind: 'unknown' as const }),
  clicks.map((all) => ({ kind: 'visitor' as const, clicks: all })),
);
const actions: fc.Arbitrary<CustomerAction[]> = fc
  .array(fc.record({ kind: fc.constantFrom('signup', 'order'), occurredAt: moment, presented }), {
    maxLength: 6,
  })
  .map((drawn) => drawn.map((action, index) => ({ ...action, subjectKey: `subject-${index}` })));
const binding = fc.constantFrom(null, ...MEMBERS);
const someAction = fc.record({ kind: fc.constant('order' as const), occurredAt: moment, presented });

describe('for every set of clicks', () => {
  it('each candidate gets exactly one known reason, and at most one wins', () => {
    fc.assert(
      fc.property(someAction, binding, (action, boundTo) => {
        const decision = decideWinner(action, boundTo);
        const won = decision.candidates.filter(({ reason }) => reason === 'WON');
        expect(won.map(({ membership }) => membership)).toEqual(
          decision.winner ? [decision.winner.membership] : [],
        );
        expect(decision.candidates.every(({ reason }) => CANDIDATE_REASONS.includes(reason))).toBe(true);
        expect(DECISION_REASONS).toContain(decision.reason);
        const given = action.presented.kind === 'visitor' ? action.presented.clicks.length : 0;
        expect(decision.candidates).toHaveLength(given + (boundTo ? 1 : 0));
      }),
    );
  });

  it('A-06 the order in which the clicks arrive changes nothing', () => {
    fc.assert(
      fc.property(someAction, binding, fc.infiniteStream(fc.nat()), (action, boundTo, noise) => {
        const shuffled =
          action.presented.kind === 'visitor'
            ? { ...action.presented, clicks: shuffle(action.presented.clicks, noise) }
            : action.presented;
        expect(decideWinner({ ...action, presented: shuffled }, boundTo)).toEqual(
          decideWinner(action, boundTo),
        );
      }),
    );
  });

  it('A-12 a click can win only inside the window and, like the action, inside a period of membership', () => {
    fc.assert(
      fc.property(someAction, (action) => {
        const winner = decideWinner(action, null).candidates.find(({ reason }) => reason === 'WON');
        if (winner?.kind !== 'click') return;
        const { click, membership } = winner;
        const age = action.occurredAt.getTime() - click.clickedAt.getTime();
        expect(age >= 0 && age <= 6 * HOUR).toBe(true);
        for (const time of [click.clickedAt, action.occurredAt]) {
          expect(
            membership.periods.filter(
              ({ startedAt, endedAt }) => startedAt <= time && (endedAt === null || time < endedAt),
            ),
          ).toHaveLength(1);
        }
      }),
    );
  });
});

describe("for every history of one customer's actions", () => {
  it('A-06 every order of arrival ends in the same decisions and the same binding', () => {
    fc.assert(
      fc.property(actions, fc.infiniteStream(fc.nat()), (history, noise) => {
        expect(decideHistory(shuffle(history, noise), null)).toEqual(decideHistory(history, null));
      }),
    );
  });

  it('A-05 A-15 once bound, only the bound partner is ever credited', () => {
    fc.assert(
      fc.property(actions, (history) => {
        const winners = decideHistory(history, null).decided.flatMap(({ decision }) =>
          decision.winner ? [decision.winner.membership.partnershipId] : [],
        );
        expect(new Set(winners).size).toBeLessThanOrEqual(1);
      }),
    );
  });
});

function shuffle<T>(items: readonly T[], noise: fc.Stream<number>): T[] {
  return items
    .map((item) => ({ item, rank: noise.next().value ?? 0 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
