import { newId } from '#kernel';
import { decideWinner } from './decide-winner.js';
import type { Membership } from './membership.js';
import type { Click, ReferralAction } from './referral-action.js';

const DAY = 24 * 60 * 60 * 1000;
const start = new Date('2026-01-01T00:00:00.000Z');
const at = (milliseconds: number) => new Date(start.getTime() + milliseconds);

const member = (change: Partial<Membership> = {}): Membership => ({
  partnershipId: newId('Partnership'),
  partnerId: newId('Partner'),
  programId: newId('Program'),
  periods: [{ startedAt: new Date('2025-01-01T00:00:00Z'), endedAt: null }],
  ...change,
});
const memberFrom = (startedAt: Date, endedAt: Date | null = null) =>
  member({ periods: [{ startedAt, endedAt }] });
const click = (membership: Membership, clickedAt: Date, change: Partial<Click> = {}): Click => ({
  clickId: newId('Click'),
  linkId: newId('Link'),
  clickedAt,
  membership,
  windows: [{ effectiveFrom: new Date('2025-01-01T00:00:00Z'), days: 90 }],
  ...change,
});
const action = (occurredAt: Date, presented: ReferralAction['presented']): ReferralAction => ({
  kind: 'order',
  occurredAt,
  presented,
  codes: [],
  submittedBy: null,
});
const order = (occurredAt: Date, ...clicks: Click[]) => action(occurredAt, { kind: 'visitor', clicks });
const decide = (asked: ReferralAction, boundTo: Membership | null = null) =>
  decideWinner(asked, { boundTo, ruling: null }, []);
const reasons = (asked: ReferralAction) => decide(asked).candidates.map(({ reason }) => reason);

describe('who is credited', () => {
  const [anna, bert] = [member(), member()];

  it('A-01 A-02 credits the partner whose link was clicked', () => {
    const decision = decide(order(at(1000), click(anna, at(0))));
    expect(decision.winner).toEqual({ membership: anna, method: 'last_click' });
    expect(decision.reason).toBe('CREDITED_LAST_CLICK');
  });

  it('A-04 credits the last click and tells the earlier partner so', () => {
    const asked = order(at(2000), click(anna, at(0)), click(bert, at(1000)));
    expect(decide(asked).winner?.membership).toBe(bert);
    expect(reasons(asked)).toEqual(['WON', 'OTHER_PARTNER_LAST_CLICK']);
  });

  it('A-05 leaves a bound customer with its partner whatever was clicked later', () => {
    const asked = order(at(2000), click(anna, at(0)), click(bert, at(1000)));
    const decision = decide(asked, anna);
    expect(decision.winner).toEqual({ membership: anna, method: 'bound_customer' });
    expect(decision.candidates.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['binding', 'WON'],
      ['click', 'CUSTOMER_ALREADY_BOUND'],
      ['click', 'CREDITED_BY_BINDING'],
    ]);
  });

  it('A-06 goes by click time, and by click id where two clicks share a millisecond', () => {
    const [lower = newId('Click'), higher = newId('Click')] = [newId('Click'), newId('Click')].toSorted();
    const first = click(anna, at(0), { clickId: lower });
    const second = click(bert, at(0), { clickId: higher });
    expect(decide(order(at(1), second, first)).winner?.membership).toBe(bert);
    expect(decide(order(at(1), first, second)).winner?.membership).toBe(bert);
  });

  it.each([
    ['none', 'NO_CLICK_ID_PRESENTED'],
    ['malformed', 'CLICK_ID_MALFORMED'],
    ['unknown', 'CLICK_ID_UNKNOWN'],
  ] as const)('A-07 A-13 A-14 credits nobody when the click id is %s', (kind, reason) => {
    const decision = decide(action(at(0), { kind }));
    expect(decision).toEqual({ winner: null, reason, candidates: [] });
  });

  it('A-15 credits a bound customer without any click', () => {
    const asked = action(at(0), { kind: 'none' });
    expect(decide(asked, anna)).toMatchObject({
      winner: { membership: anna, method: 'bound_customer' },
      reason: 'CREDITED_BOUND_CUSTOMER',
    });
  });
});

describe('the window', () => {
  const anna = member();

  it('A-11 does not credit a click older than 90 days', () => {
    const decision = decide(order(at(91 * DAY), click(anna, at(0))));
    expect(decision).toMatchObject({ winner: null, reason: 'CLICK_EXPIRED' });
  });

  it('A-12 counts a click at exactly 90 days as inside', () => {
    expect(reasons(order(at(90 * DAY), click(anna, at(0))))).toEqual(['WON']);
  });

  it('A-12 counts a click at 90 days and 1 ms as outside', () => {
    expect(reasons(order(at(90 * DAY + 1), click(anna, at(0))))).toEqual(['CLICK_EXPIRED']);
  });

  it('A-12 starts again with a new click', () => {
    const asked = order(at(91 * DAY), click(anna, at(0)), click(anna, at(2 * DAY)));
    expect(reasons(asked)).toEqual(['WON', 'CLICK_EXPIRED']);
  });

  it('A-11 does not end for a bound customer', () => {
    expect(decide(order(at(900 * DAY), click(anna, at(0))), anna).winner?.membership).toBe(anna);
  });

  it('is the one in force at the time of the action, and the first one before there was any', () => {
    const windows = [
      { effectiveFrom: at(0), days: 1 },
      { effectiveFrom: at(10 * DAY), days: 30 },
    ];
    expect(reasons(order(at(3 * DAY), click(anna, at(DAY), { windows })))).toEqual(['CLICK_EXPIRED']);
    expect(reasons(order(at(10 * DAY), click(anna, at(DAY), { windows })))).toEqual(['WON']);
    expect(reasons(order(at(-DAY), click(anna, at(-2 * DAY), { windows })))).toEqual(['WON']);
  });

  it('does not let an expired click of a short program stand before a valid one of another', () => {
    const short = click(member(), at(2 * DAY), { windows: [{ effectiveFrom: at(0), days: 1 }] });
    expect(reasons(order(at(9 * DAY), click(anna, at(0)), short))).toEqual(['CLICK_EXPIRED', 'WON']);
  });
});

describe('who can be credited at all', () => {
  it('credits no click from before the approval', () => {
    const late = memberFrom(at(1));
    expect(reasons(order(at(2), click(late, at(0))))).toEqual(['PARTNERSHIP_NOT_ACTIVE']);
    expect(reasons(order(at(2), click(late, at(1))))).toEqual(['WON']);
  });

  it('credits no action at or after the end', () => {
    const gone = memberFrom(at(-DAY), at(10));
    expect(reasons(order(at(10), click(gone, at(0))))).toEqual(['PARTNERSHIP_NOT_ACTIVE']);
    expect(reasons(order(at(9), click(gone, at(0))))).toEqual(['WON']);
  });

  it('credits a partner who joined again, but nothing of the time between', () => {
    const periods = [
      { startedAt: at(-DAY), endedAt: at(10) },
      { startedAt: at(20), endedAt: null },
    ];
    const back = member({ periods });
    expect(reasons(order(at(15), click(back, at(0))))).toEqual(['PARTNERSHIP_NOT_ACTIVE']);
    expect(reasons(order(at(25), click(back, at(15))))).toEqual(['PARTNERSHIP_NOT_ACTIVE']);
    expect(reasons(order(at(20), click(back, at(9))))).toEqual(['WON']);
    expect(decide(order(at(15)), back).reason).toBe('BOUND_PARTNERSHIP_ENDED');
    expect(decide(order(at(20)), back).reason).toBe('CREDITED_BOUND_CUSTOMER');
  });

  it('keeps a customer bound to a partner who left, and credits nobody', () => {
    const [gone, bert] = [memberFrom(at(-DAY), at(10)), member()];
    const decision = decide(order(at(20), click(bert, at(15))), gone);
    expect(decision).toMatchObject({ winner: null, reason: 'BOUND_PARTNERSHIP_ENDED' });
    expect(decision.candidates.map(({ reason }) => reason)).toEqual([
      'PARTNERSHIP_NOT_ACTIVE',
      'CUSTOMER_ALREADY_BOUND',
    ]);
  });

  it('never credits a click after the action, nor lets it stand before an earlier one', () => {
    const [anna, bert] = [member(), member()];
    expect(reasons(order(at(5), click(bert, at(6)), click(anna, at(5))))).toEqual([
      'WON',
      'CLICK_AFTER_ACTION',
    ]);
  });

  it("says 'a later click of yours' when the same partner won in another program", () => {
    const anna = member();
    const other = member({ partnerId: anna.partnerId });
    expect(reasons(order(at(5), click(anna, at(1)), click(other, at(2))))).toEqual([
      'WON',
      'EARLIER_CLICK_OF_SAME_PARTNER',
    ]);
  });
});
