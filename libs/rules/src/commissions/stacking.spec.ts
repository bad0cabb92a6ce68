import { EUR, order, rule, situation, USD } from '../../test/commission-facts.js';
import { evaluate } from './evaluate.js';
import { applyStacking, stackingInForce } from './stacking.js';

const percent = (basisPoints: number) =>
  evaluate(rule({ reward: { kind: 'percent', basisPoints, base: 'gross' } }), order(), situation());
const refused = evaluate(rule({ trigger: 'signup' }), order(), situation());

describe('applyStacking', () => {
  it('lets all offers pay under "all"', () => {
    const all = [percent(1000), percent(2000)];
    expect(applyStacking('all', all)).toEqual(all);
  });

  it('lets the one that promises most pay under "best", and explains both', () => {
    const [small, big] = applyStacking('best', [percent(1000), percent(2000)]);
    expect(small).toMatchObject({ outcome: 'not_qualified', promised: 0n, amount: 0n, target: 0n });
    expect(small?.conditions.at(-1)).toEqual({
      code: 'BEST_OFFER',
      required: 'the offer that pays most for it: the program pays one',
      actual: 'pays 10.00 EUR, another offer 20.00 EUR',
      passed: false,
      wouldPassIf: 'no other offer had paid as much or more',
    });
    expect(big).toMatchObject({ outcome: 'earned', target: 2_000n });
    expect(big?.conditions.at(-1)).toMatchObject({
      code: 'BEST_OFFER',
      actual: 'pays 20.00 EUR',
      passed: true,
    });
  });

  it('takes the first of two that promise the same', () => {
    const outcomes = applyStacking('best', [percent(2000), percent(2000)]).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['earned', 'not_qualified']);
  });

  it('compares by what was promised, so that a refund never changes who is best', () => {
    const flat = rule({ reward: { kind: 'flat', amount: 1_900n, currency: EUR } });
    const refunded = order({ refunded: 9_999n });
    const [first, second] = applyStacking('best', [
      evaluate(flat, refunded, situation()),
      evaluate(rule(), refunded, situation()),
    ]);
    expect([first?.outcome, second?.outcome]).toEqual(['not_qualified', 'earned']);
  });

  it('counts one that still waits for its fulfilment', () => {
    const waiting = evaluate(rule(), order({ fulfilmentPolicy: 'first' }), situation());
    const outcomes = applyStacking('best', [percent(100), waiting]).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['not_qualified', 'waiting_fulfilment']);
  });

  it('leaves refusals and other currencies alone, and says nothing where there is no rival', () => {
    const dollars = rule({ reward: { kind: 'flat', amount: 1n, currency: USD } });
    const given = [refused, percent(1000), evaluate(dollars, order(), situation())];
    expect(applyStacking('best', given)).toEqual(given);
  });
});

describe('stackingInForce', () => {
  const settings = [
    { effectiveFrom: new Date('2026-06-01T00:00:00Z'), policy: 'all' },
    { effectiveFrom: new Date('2026-03-01T00:00:00Z'), policy: 'best' },
  ] as const;

  it.each([
    ['2026-02-28T23:59:59.999Z', 'all'],
    ['2026-03-01T00:00:00.000Z', 'best'],
    ['2026-05-31T23:59:59.999Z', 'best'],
    ['2026-06-01T00:00:00.000Z', 'all'],
  ])('at %s it is %s, in whatever order they come', (iso, policy) => {
    expect(stackingInForce(settings, new Date(iso))).toBe(policy);
    expect(stackingInForce(settings.toReversed(), new Date(iso))).toBe(policy);
  });
});
