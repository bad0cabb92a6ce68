import { DELETION_REASON_TEXTS, DELETION_REASONS } from '#contracts';
import { line, order, rule, signup, situation } from '../../test/commission-facts.js';
import { evaluate } from './evaluate.js';
import {
  type Approval,
  type CommissionRuling,
  type Decline,
  type Deletion,
  isQualifying,
  underRuling,
  unlessCancelled,
} from './ruling.js';
import { isCancelled } from './subject.js';

const approved: Approval = { kind: 'approved', note: null };
const declined: Decline = { kind: 'declined', reason: 'FRAUD', note: null };
const deleted: Deletion = { kind: 'deleted', extent: 'subject', reason: 'TEST', note: 'Ours.' };

const waitingOrder = order({ fulfilmentPolicy: 'first' });
const judged = (review: 'automatic' | 'manual', subject = order()) =>
  evaluate(rule({ review }), subject, situation());

describe('underRuling', () => {
  it.each([
    ['automatic', null, 'earned', 2_000n],
    ['automatic', approved, 'earned', 2_000n],
    ['manual', null, 'in_review', 0n],
    ['manual', approved, 'earned', 2_000n],
  ] as const)('A-22 with %s review and the ruling %j it is %s', (review, ruling, outcome, target) => {
    const { heldUntil, conditions, amount } = judged(review);
    expect(underRuling(judged(review), ruling)).toMatchObject({
      outcome,
      target,
      amount,
      heldUntil,
      conditions,
    });
  });

  it('lets what is not fulfilled yet wait for that first, not for a review', () => {
    const waiting = judged('manual', waitingOrder);
    expect(underRuling(waiting, null)).toBe(waiting);
    expect(underRuling(waiting, approved)).toBe(waiting);
  });

  it.each<[CommissionRuling & { kind: 'declined' | 'deleted' }, string]>([
    [declined, 'declined because the company suspects fraud'],
    [deleted, 'deleted because it was a test of the company'],
  ])('leaves nothing after a no, whatever was reached: %j', (ruling, actual) => {
    for (const evaluation of [judged('automatic'), judged('manual'), judged('manual', waitingOrder)]) {
      expect(underRuling(evaluation, ruling)).toEqual({
        ...evaluation,
        outcome: ruling.kind,
        amount: 0n,
        target: 0n,
        heldUntil: null,
        conditions: [
          ...evaluation.conditions,
          {
            code: 'RULING',
            required: 'not declined or deleted by the company',
            actual,
            passed: false,
            wouldPassIf: null,
          },
        ],
      });
    }
  });

  it('has nothing to say about what does not qualify', () => {
    const no = evaluate(rule({ trigger: 'sale', review: 'manual' }), signup, situation());
    for (const ruling of [null, approved, declined, deleted]) expect(underRuling(no, ruling)).toBe(no);
  });

  it('has a text for every reason', () => {
    expect(Object.keys(DELETION_REASON_TEXTS)).toEqual([...DELETION_REASONS]);
  });
});

describe('isQualifying', () => {
  it.each([
    ['waiting_fulfilment', true],
    ['in_review', true],
    ['earned', true],
    ['not_qualified', false],
    ['declined', false],
    ['deleted', false],
    ['withdrawn', false],
  ] as const)('%s: %s', (outcome, expected) => {
    expect(isQualifying(outcome)).toBe(expected);
  });
});

describe('a cancellation', () => {
  const at = new Date('2026-05-15T10:00:00Z');

  it.each([
    ['none', null, null, true],
    ['first', null, null, true],
    ['first', at, null, false],
    ['lines', at, null, false],
    ['complete', at, null, true],
    ['complete', at, at, false],
    ['none', at, at, false],
  ] as const)(
    'A-20 under policy %s, first fulfilled %s and completed %s: counts %s',
    (fulfilmentPolicy, fulfilledAt, completedAt, counts) => {
      const cancelled = order({ fulfilmentPolicy, fulfilledAt, completedAt, cancelledAt: at });
      expect(isCancelled(cancelled)).toBe(counts);
      expect(isCancelled({ ...cancelled, cancelledAt: null })).toBe(false);
    },
  );

  it('A-20 leaves nothing of a cancelled order, not even of a flat reward for an order of nothing', () => {
    const free = order({ amount: 0n, tax: 0n, shipping: 0n, cancelledAt: at });
    const evaluation = judged('automatic', free);
    expect(unlessCancelled(evaluation, free)).toEqual({ ...evaluation, amount: 0n, target: 0n });
  });

  it('A-21 leaves of an order that is earned by lines what was fulfilled', () => {
    const lines = [line('1', 2_500n), line('3', 7_500n)];
    const part = {
      fulfilmentPolicy: 'lines',
      lines,
      fulfilledAt: at,
      fulfilledLines: new Set(['1']),
    } as const;
    const evaluation = judged('automatic', order(part));
    expect(evaluation).toMatchObject({ amount: 2_000n, target: 500n });
    expect(unlessCancelled(evaluation, order({ ...part, cancelledAt: at }))).toEqual({
      ...evaluation,
      amount: 500n,
    });
  });

  it('leaves every other subject as it is', () => {
    const [earned, signedUp] = [judged('automatic'), evaluate(rule(), signup, situation())];
    expect(unlessCancelled(earned, order())).toBe(earned);
    expect(unlessCancelled(signedUp, signup)).toBe(signedUp);
  });
});
