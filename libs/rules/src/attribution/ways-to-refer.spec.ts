import { newId } from '#kernel';
import { decideWinner } from './decide-winner.js';
import type { CustomerTie, Decision } from './decision.js';
import type { Membership } from './membership.js';
import { PRECEDENCE_METHODS, type Precedence, precedenceAt } from './precedence.js';
import type { Click, PresentedCode, ReferralAction } from './referral-action.js';

const at = (milliseconds: number) => new Date(Date.UTC(2026, 0, 1) + milliseconds);
const member = (startedAt = at(-1_000_000), endedAt: Date | null = null): Membership => ({
  partnershipId: newId('Partnership'),
  partnerId: newId('Partner'),
  programId: newId('Program'),
  periods: [{ startedAt, endedAt }],
});
const click = (membership: Membership, clickedAt: Date): Click => ({
  clickId: newId('Click'),
  linkId: newId('Link'),
  clickedAt,
  membership,
  windows: [],
});
const code = (membership: Membership, change: Partial<PresentedCode> = {}): PresentedCode => ({
  code: 'anna10',
  membership,
  isInForce: true,
  ...change,
});
const order = (change: Partial<ReferralAction>): ReferralAction => ({
  kind: 'order',
  occurredAt: at(1000),
  presented: { kind: 'none' },
  codes: [],
  submittedBy: null,
  ...change,
});
const clicked = (...clicks: Click[]): ReferralAction['presented'] => ({ kind: 'visitor', clicks });
const unbound: CustomerTie = { boundTo: null, ruling: null };
const boundTo = (membership: Membership): CustomerTie => ({ boundTo: membership, ruling: null });
const told = ({ candidates }: Decision) => candidates.map(({ kind, reason }) => `${kind} ${reason}`);

describe('a discount code', () => {
  const [anna, bert] = [member(), member()];

  it('A-17 credits its partner as a link does', () => {
    const decision = decideWinner(order({ codes: [code(anna)] }), unbound, []);
    expect(decision).toEqual({
      winner: { membership: anna, method: 'code' },
      reason: 'CREDITED_CODE',
      candidates: [{ kind: 'code', code: 'anna10', membership: anna, reason: 'WON' }],
    });
  });

  it('goes before a click, of another partner or of the same', () => {
    const presented = clicked(click(bert, at(900)), click(anna, at(800)));
    expect(told(decideWinner(order({ codes: [code(anna)], presented }), unbound, []))).toEqual([
      'code WON',
      'click OTHER_PARTNER_CODE',
      'click CREDITED_BY_CODE',
    ]);
  });

  it('does not go before the partner whom the customer belongs to', () => {
    const decision = decideWinner(order({ codes: [code(anna), code(bert)] }), boundTo(bert), []);
    expect(decision.winner).toEqual({ membership: bert, method: 'bound_customer' });
    expect(told(decision)).toEqual([
      'binding WON',
      'code CUSTOMER_ALREADY_BOUND',
      'code CREDITED_BY_BINDING',
    ]);
  });

  it('that comes first of several wins', () => {
    const codes = [code(bert), code(anna), code(bert, { code: 'bert20' })];
    const decision = decideWinner(order({ codes }), unbound, []);
    expect(decision.winner?.membership).toBe(bert);
    expect(told(decision)).toEqual(['code WON', 'code OTHER_PARTNER_CODE', 'code CREDITED_BY_CODE']);
  });

  it('credits nobody when it was not the partner’s at the time, and leaves it to the click', () => {
    const codes = [code(anna, { isInForce: false })];
    expect(decideWinner(order({ codes }), unbound, [])).toMatchObject({
      winner: null,
      reason: 'CODE_NOT_ACTIVE',
    });
    const decision = decideWinner(order({ codes, presented: clicked(click(bert, at(0))) }), unbound, []);
    expect(told(decision)).toEqual(['code CODE_NOT_ACTIVE', 'click WON']);
  });

  it('credits nobody whose partnership was over', () => {
    const gone = member(at(0), at(1000));
    const decision = decideWinner(order({ codes: [code(gone)] }), unbound, []);
    expect(decision).toMatchObject({ winner: null, reason: 'PARTNERSHIP_NOT_ACTIVE' });
    expect(
      decideWinner(order({ codes: [code(gone)], occurredAt: at(999) }), unbound, []).winner,
    ).not.toBeNull();
  });
});

describe("the company's precedence", () => {
  const [anna, bert, carl] = [member(), member(), member()];
  const since = (moment: Date, ...methods: Precedence['methods']): Precedence => ({
    effectiveFrom: moment,
    methods,
  });
  const contested = order({ codes: [code(anna)], presented: clicked(click(bert, at(0))) });

  it('may let a code go before the partner whom the customer belongs to', () => {
    const decision = decideWinner(contested, boundTo(carl), [
      since(at(0), 'code', 'bound_customer', 'last_click'),
    ]);
    expect(decision.winner).toEqual({ membership: anna, method: 'code' });
    expect(told(decision)).toEqual(['code WON', 'binding OTHER_PARTNER_CODE', 'click OTHER_PARTNER_CODE']);
  });

  it('may let a click go before all', () => {
    const settings = [since(at(0), 'last_click', 'bound_customer', 'code')];
    const asked = { ...contested, codes: [code(anna), code(bert)] };
    const decision = decideWinner(asked, boundTo(carl), settings);
    expect(decision.winner).toEqual({ membership: bert, method: 'last_click' });
    expect(told(decision)).toEqual([
      'click WON',
      'binding OTHER_PARTNER_CLICK_FIRST',
      'code OTHER_PARTNER_CLICK_FIRST',
      'code CREDITED_BY_CLICK',
    ]);
  });

  it('holds from its moment on; before the first one the default does', () => {
    const [first, second] = [
      since(at(10), 'code', 'last_click', 'bound_customer'),
      since(at(20), 'last_click', 'code', 'bound_customer'),
    ];
    expect(precedenceAt([second, first], at(9))).toBe(PRECEDENCE_METHODS);
    expect(precedenceAt([second, first], at(10))).toBe(first.methods);
    expect(precedenceAt([first, second], at(20))).toBe(second.methods);
  });

  it('does not pass over a bound partner who left to what ranks lower, but to what ranks higher', () => {
    const gone = member(at(0), at(500));
    expect(decideWinner(contested, boundTo(gone), [])).toMatchObject({
      winner: null,
      reason: 'BOUND_PARTNERSHIP_ENDED',
    });
    const codeFirst = [since(at(0), 'code', 'bound_customer', 'last_click')];
    expect(decideWinner(contested, boundTo(gone), codeFirst).winner?.membership).toBe(anna);
  });
});

describe('a membership of several periods', () => {
  it('is credited within each, and not between them', () => {
    const back: Membership = {
      ...member(),
      periods: [
        { startedAt: at(0), endedAt: at(100) },
        { startedAt: at(200), endedAt: null },
      ],
    };
    const winnerAt = (milliseconds: number) =>
      decideWinner(order({ codes: [code(back)], occurredAt: at(milliseconds) }), unbound, []).winner;
    expect([-1, 0, 99, 100, 199, 200].map((moment) => winnerAt(moment) !== null)).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('a won lead or deal', () => {
  const [anna, bert] = [member(), member()];
  const won = (kind: 'lead' | 'deal', submittedBy = anna) => order({ kind, submittedBy });

  it.each([
    ['lead', 'CREDITED_LEAD'],
    ['deal', 'CREDITED_DEAL'],
  ] as const)('credits whoever submitted the %s', (kind, reason) => {
    expect(decideWinner(won(kind), unbound, [])).toEqual({
      winner: { membership: anna, method: kind },
      reason,
      candidates: [{ kind, membership: anna, reason: 'WON' }],
    });
  });

  it('credits nobody where the customer belongs to another partner', () => {
    expect(decideWinner(won('deal'), boundTo(bert), [])).toEqual({
      winner: null,
      reason: 'CUSTOMER_ALREADY_BOUND',
      candidates: [{ kind: 'deal', membership: anna, reason: 'CUSTOMER_ALREADY_BOUND' }],
    });
  });

  it('is credited in the program it was submitted to where the same partner has the customer by another', () => {
    const other = { ...member(), partnerId: anna.partnerId };
    expect(decideWinner(won('deal'), boundTo(other), []).winner?.membership).toBe(anna);
  });

  it('credits nobody who had left by then', () => {
    const gone = member(at(0), at(1000));
    expect(decideWinner(won('lead', gone), unbound, [])).toMatchObject({
      winner: null,
      reason: 'PARTNERSHIP_NOT_ACTIVE',
    });
  });

  it('follows what the company said by hand', () => {
    const given = (membership: Membership | null): CustomerTie => ({
      boundTo: null,
      ruling: { kind: 'assigned', membership },
    });
    expect(decideWinner(won('lead'), given(bert), []).reason).toBe('ASSIGNED_OTHERWISE');
    expect(decideWinner(won('lead'), given(null), []).reason).toBe('ASSIGNED_OTHERWISE');
    expect(decideWinner(won('lead'), given(anna), []).winner?.method).toBe('lead');
    const deleted: CustomerTie = { boundTo: null, ruling: { kind: 'deleted' } };
    expect(decideWinner(won('lead'), deleted, []).reason).toBe('CUSTOMER_DELETED');
  });
});

describe('what the company says by hand', () => {
  const [anna, bert] = [member(), member()];
  const contested = order({
    codes: [code(bert)],
    presented: clicked(click(bert, at(10)), click(anna, at(5)), click(bert, at(2000))),
  });
  const given = (membership: Membership | null): CustomerTie => ({
    boundTo: null,
    ruling: { kind: 'assigned', membership },
  });

  it('goes before every code and click, and each of them is told so', () => {
    const decision = decideWinner(contested, given(anna), []);
    expect(decision).toMatchObject({
      winner: { membership: anna, method: 'manual' },
      reason: 'CREDITED_MANUAL',
    });
    expect(told(decision)).toEqual([
      'manual WON',
      'code ASSIGNED_OTHERWISE',
      'click ASSIGNED_OTHERWISE',
      'click CREDITED_BY_ASSIGNMENT',
      'click CLICK_AFTER_ACTION',
    ]);
  });

  it('credits nobody at a time when the partner was no member', () => {
    const later = member(at(1001));
    const decision = decideWinner(contested, given(later), []);
    expect(decision).toMatchObject({ winner: null, reason: 'PARTNERSHIP_NOT_ACTIVE' });
    expect(told(decision)[0]).toBe('manual PARTNERSHIP_NOT_ACTIVE');
  });

  it('may be that the customer is nobody’s', () => {
    const decision = decideWinner(contested, given(null), []);
    expect(decision).toMatchObject({ winner: null, reason: 'ASSIGNED_TO_NOBODY' });
    expect(told(decision)[0]).toBe('code ASSIGNED_OTHERWISE');
  });

  it('B-40 may be that the customer is deleted: nobody is credited any more', () => {
    const decision = decideWinner(contested, { boundTo: anna, ruling: { kind: 'deleted' } }, []);
    expect(decision).toMatchObject({ winner: null, reason: 'CUSTOMER_DELETED' });
    expect(told(decision).slice(0, 2)).toEqual(['binding CUSTOMER_DELETED', 'code CUSTOMER_DELETED']);
  });
});
