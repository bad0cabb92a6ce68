import { newId } from '#kernel';
import { type CustomerAction, decideHistory } from './decide-history.js';
import type { Membership } from './membership.js';

const at = (milliseconds: number) => new Date(Date.UTC(2026, 0, 1) + milliseconds);
const member = (change: Partial<Membership> = {}): Membership => ({
  partnershipId: newId('Partnership'),
  partnerId: newId('Partner'),
  programId: newId('Program'),
  periods: [{ startedAt: at(-1000), endedAt: null }],
  ...change,
});
const action = (subjectKey: string, time: number, change: Partial<CustomerAction> = {}): CustomerAction => ({
  kind: 'order',
  subjectKey,
  occurredAt: at(time),
  presented: { kind: 'none' },
  codes: [],
  submittedBy: null,
  cancelledAt: null,
  ...change,
});
const byCode = (membership: Membership) => ({ codes: [{ code: 'code', membership, isInForce: true }] });
const unknown = { binding: null, ruling: null };
const fold = (...actions: CustomerAction[]) => {
  const { decided, binding } = decideHistory(actions, unknown, []);
  return {
    winners: decided.map(({ decision }) => decision.winner?.membership ?? null),
    binding: binding && [binding.membership, binding.by.subjectKey],
  };
};

describe("a customer's history", () => {
  const [anna, bert] = [member(), member()];

  it('is bound by the first action that credits someone, also by a named action, lead or deal', () => {
    const first = { kind: 'action' as const, ...byCode(anna) };
    expect(fold(action('later', 2, byCode(bert)), action('demo', 1, first))).toEqual({
      winners: [anna, anna],
      binding: [anna, 'demo'],
    });
    const deal = action('deal', 1, { kind: 'deal', submittedBy: bert });
    expect(fold(deal, action('o1', 2))).toEqual({ winners: [bert, bert], binding: [bert, 'deal'] });
  });

  it('puts a signup, lead, deal, action and order of the same moment in that order, then goes by key', () => {
    const kinds = ['order', 'action', 'deal', 'lead', 'signup'] as const;
    const { decided } = decideHistory(
      [action('b', 1), action('a', 1), ...kinds.map((kind) => action(kind, 1, { kind }))],
      unknown,
      [],
    );
    expect(decided.map(({ action: { subjectKey } }) => subjectKey)).toEqual([
      'signup',
      'lead',
      'deal',
      'action',
      'a',
      'b',
      'order',
    ]);
  });

  it('keeps a given binding, unless an action before it finds a winner', () => {
    const binding = { membership: anna, by: action('known', 5) };
    const known = { binding, ruling: null };
    expect(decideHistory([action('later', 6, byCode(bert))], known, []).binding?.membership).toBe(anna);
    expect(decideHistory([action('early', 4)], known, []).binding?.membership).toBe(anna);
    const early = decideHistory([action('early', 4, byCode(bert))], known, []);
    expect(early.binding?.membership).toBe(bert);
    expect(early.decided[0]?.decision.winner?.method).toBe('code');
  });

  it('leaves the tie to the first partner where a code of another wins an order', () => {
    const codeFirst = [{ effectiveFrom: at(0), methods: ['code', 'bound_customer', 'last_click'] as const }];
    const history = [
      action('o1', 1, byCode(anna)),
      action('o2', 2, byCode(bert)),
      action('o3', 3),
      action('o4', 4, { ...byCode(bert), cancelledAt: at(5) }),
    ];
    const { decided, binding } = decideHistory(history, unknown, codeFirst);
    expect(decided.map(({ decision }) => decision.winner?.membership)).toEqual([anna, bert, anna, bert]);
    expect(binding?.membership).toBe(anna);
  });
});

describe('an order that is cancelled before it is fulfilled', () => {
  const [anna, bert] = [member(), member()];
  const cancelled = (time: number) => ({ ...byCode(anna), cancelledAt: at(time) });

  it('binds nobody any more when nothing else does', () => {
    expect(fold(action('o1', 1, cancelled(5)))).toEqual({ winners: [anna], binding: null });
  });

  it('leaves the customer to whoever is credited next', () => {
    expect(fold(action('o1', 1, cancelled(5)), action('o2', 6, byCode(bert)))).toEqual({
      winners: [anna, bert],
      binding: [bert, 'o2'],
    });
    expect(fold(action('o1', 1, cancelled(5)), action('o2', 6))).toEqual({
      winners: [anna, null],
      binding: null,
    });
  });

  it('bound what happened up to its cancellation, and that goes on holding the tie', () => {
    expect(fold(action('o1', 1, cancelled(5)), action('o2', 4), action('o3', 6))).toEqual({
      winners: [anna, anna, anna],
      binding: [anna, 'o2'],
    });
    expect(fold(action('o1', 1, cancelled(5)), action('o2', 5))).toEqual({
      winners: [anna, null],
      binding: null,
    });
  });

  it('changes nothing where an earlier action had bound the customer', () => {
    const signup = action('c1', 0, { kind: 'signup', ...byCode(anna) });
    expect(fold(signup, action('o1', 1, cancelled(5))).binding).toEqual([anna, 'c1']);
  });

  it('hands the tie to a deal of the same partner in another program', () => {
    const other = member({ partnerId: anna.partnerId });
    const deal = action('deal', 2, { kind: 'deal', submittedBy: other });
    expect(fold(action('o1', 1, cancelled(5)), deal)).toEqual({
      winners: [anna, other],
      binding: [other, 'deal'],
    });
  });
});
