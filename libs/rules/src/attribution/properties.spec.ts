import fc from 'fast-check';
import { asId } from '#kernel';
import { type CustomerAction, decideHistory } from './decide-history.js';
import { decideWinner } from './decide-winner.js';
import { isActive, type Membership } from './membership.js';
import { type Precedence, PRECEDENCE_METHODS } from './precedence.js';
import { CANDIDATE_REASONS, DECISION_REASONS } from './reasons.js';
import type { Click, PresentedCode } from './referral-action.js';

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
const codes: fc.Arbitrary<PresentedCode[]> = fc.array(
  fc.record({
    code: fc.constantFrom('anna10', 'bert20'),
    membership: fc.constantFrom(...MEMBERS),
    isInForce: fc.boolean(),
  }),
  { maxLength: 2 },
);
const evidence = { occurredAt: moment, presented, codes };
const actions: fc.Arbitrary<CustomerAction[]> = fc
  .array(
    fc.oneof(
      fc.record({
        ...evidence,
        kind: fc.constantFrom('signup' as const, 'order' as const, 'action' as const),
        submittedBy: fc.constant(null),
        cancelledAt: fc.option(moment),
      }),
      fc.record({
        occurredAt: moment,
        kind: fc.constantFrom('lead' as const, 'deal' as const),
        presented: fc.constant({ kind: 'none' as const }),
        codes: fc.constant([]),
        submittedBy: fc.constantFrom(...MEMBERS),
        cancelledAt: fc.constant(null),
      }),
    ),
    { maxLength: 6 },
  )
  .map((drawn) => drawn.map((action, index) => ({ ...action, subjectKey: `subject-${index}` })));
const precedence: fc.Arbitrary<Precedence[]> = fc.array(
  fc.record({
    effectiveFrom: moment,
    methods: fc.shuffledSubarray([...PRECEDENCE_METHODS], { minLength: PRECEDENCE_METHODS.length }),
  }),
  { maxLength: 2 },
);
const member = fc.constantFrom(null, ...MEMBERS);
const tie = fc.record({
  boundTo: member,
  ruling: fc.oneof(
    fc.constant(null),
    fc.constant({ kind: 'deleted' as const }),
    fc.record({ kind: fc.constant('assigned' as const), membership: member }),
  ),
});
const someAction = fc.record({
  ...evidence,
  kind: fc.constant('order' as const),
  submittedBy: fc.constant(null),
});
const unknown = { binding: null, ruling: null };

describe('for every set of clicks and codes', () => {
  it('each candidate gets exactly one known reason, and at most one wins', () => {
    fc.assert(
      fc.property(someAction, tie, precedence, (action, customer, settings) => {
        const decision = decideWinner(action, customer, settings);
        const won = decision.candidates.filter(({ reason }) => reason === 'WON');
        expect(won.map(({ membership }) => membership)).toEqual(
          decision.winner ? [decision.winner.membership] : [],
        );
        expect(decision.candidates.every(({ reason }) => CANDIDATE_REASONS.includes(reason))).toBe(true);
        expect(DECISION_REASONS).toContain(decision.reason);
        const given = action.presented.kind === 'visitor' ? action.presented.clicks.length : 0;
        const named = customer.ruling?.kind === 'assigned' && customer.ruling.membership ? 1 : 0;
        expect(decision.candidates).toHaveLength(
          given + action.codes.length + (customer.boundTo ? 1 : 0) + named,
        );
      }),
    );
  });

  it('whoever is credited was a member at the time', () => {
    fc.assert(
      fc.property(someAction, tie, precedence, (action, customer, settings) => {
        const { winner } = decideWinner(action, customer, settings);
        expect(winner === null || isActive(winner.membership, action.occurredAt)).toBe(true);
      }),
    );
  });

  it('A-06 the order in which the clicks arrive changes nothing', () => {
    fc.assert(
      fc.property(someAction, tie, fc.infiniteStream(fc.nat()), (action, customer, noise) => {
        const shuffled =
          action.presented.kind === 'visitor'
            ? { ...action.presented, clicks: shuffle(action.presented.clicks, noise) }
            : action.presented;
        expect(decideWinner({ ...action, presented: shuffled }, customer, [])).toEqual(
          decideWinner(action, customer, []),
        );
      }),
    );
  });

  it('A-12 a click can win only inside the window, and while its partner was a member', () => {
    fc.assert(
      fc.property(someAction, precedence, (action, settings) => {
        const decision = decideWinner(action, { boundTo: null, ruling: null }, settings);
        const winner = decision.candidates.find(({ reason }) => reason === 'WON');
        if (winner?.kind !== 'click') return;
        const { click, membership } = winner;
        const age = action.occurredAt.getTime() - click.clickedAt.getTime();
        expect(age >= 0 && age <= 6 * HOUR).toBe(true);
        expect(isActive(membership, click.clickedAt)).toBe(true);
      }),
    );
  });
});

describe("for every history of one customer's actions", () => {
  it('A-06 every order of arrival ends in the same decisions and the same binding', () => {
    fc.assert(
      fc.property(actions, precedence, fc.infiniteStream(fc.nat()), (history, settings, noise) => {
        expect(decideHistory(shuffle(history, noise), unknown, settings)).toEqual(
          decideHistory(history, unknown, settings),
        );
      }),
    );
  });

  it('A-05 A-15 once bound, only the bound partner is ever credited, unless an order is cancelled', () => {
    fc.assert(
      fc.property(actions, (history) => {
        const kept = history.map((action) => ({ ...action, cancelledAt: null }));
        const winners = decideHistory(kept, unknown, []).decided.flatMap(({ decision }) =>
          decision.winner ? [decision.winner.membership.partnerId] : [],
        );
        expect(new Set(winners).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('the customer belongs to the winner of an action that is not cancelled, or to nobody', () => {
    fc.assert(
      fc.property(actions, (history) => {
        const { decided, binding } = decideHistory(history, unknown, []);
        const ties = decided.filter(({ action, decision }) => decision.winner && !action.cancelledAt);
        const by = ties.find(({ action }) => action.subjectKey === binding?.by.subjectKey);
        expect(binding?.membership).toEqual(by?.decision.winner?.membership);
        expect(binding === null).toBe(ties.length === 0);
      }),
    );
  });

  it('what the company said by hand credits no other partner, and leaves the binding as it was', () => {
    fc.assert(
      fc.property(actions, member, (history, membership) => {
        const ruling = { kind: 'assigned' as const, membership };
        const { decided, binding } = decideHistory(history, { binding: null, ruling }, []);
        expect(binding).toBeNull();
        const winners = decided.flatMap(({ decision }) =>
          decision.winner ? [decision.winner.membership] : [],
        );
        expect(winners.filter(({ partnerId }) => partnerId !== membership?.partnerId)).toEqual([]);
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
