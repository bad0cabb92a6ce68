import { asId } from '#kernel';
import { action, EUR, order, PARTNERSHIP, rule, signup, situation } from '../../test/commission-facts.js';
import { evaluate } from './evaluate.js';
import type { ReferralFacts } from './subject.js';

const GROUP = asId('Group', '00000000-0000-7000-8000-00000000000a');
const OTHER_GROUP = asId('Group', '00000000-0000-7000-8000-00000000000b');
const STRANGER = asId('Partnership', '00000000-0000-7000-8000-000000000002');

describe('what an offer pays for', () => {
  const closed = (kind: 'lead' | 'deal', amount: bigint | null): ReferralFacts => ({
    kind,
    occurredAt: new Date('2026-05-12T10:00:00Z'),
    worth: amount === null ? null : { amount, currency: EUR },
  });
  const flat = { kind: 'flat', amount: 700n, currency: EUR } as const;

  it('B-31 pays for a lead that was won, whatever it is worth', () => {
    const offer = rule({ trigger: 'lead_won', reward: flat });
    expect(evaluate(offer, closed('lead', null), situation())).toMatchObject({
      outcome: 'earned',
      target: 700n,
      heldUntil: new Date('2026-06-10T22:00:00Z'),
    });
    expect(evaluate(offer, closed('deal', null), situation()).conditions).toMatchObject([
      { required: 'a lead that was won', actual: 'a deal that was won', passed: false },
    ]);
  });

  it('B-31 pays a percentage of a deal that was won, and says when its amount is missing', () => {
    const offer = rule({ trigger: 'deal_won' });
    expect(evaluate(offer, closed('deal', 500_000n), situation())).toMatchObject({
      target: 100_000n,
      currency: 'EUR',
      conditions: [{ code: 'TRIGGER' }, { code: 'AMOUNT_KNOWN', actual: '5,000.00 EUR', passed: true }],
    });
    const unknown = evaluate(offer, closed('deal', null), situation());
    expect(unknown).toMatchObject({ outcome: 'not_qualified', currency: 'XXX' });
    expect(unknown.conditions.at(-1)).toEqual({
      code: 'AMOUNT_KNOWN',
      required: 'an amount to take a percentage of',
      actual: 'no amount',
      passed: false,
      wouldPassIf: 'the company had said what it is worth',
    });
  });

  it('limits the commission on a deal of unknown worth without complaining of its currency', () => {
    const maximumCommission = { amount: 1_000n, currency: EUR };
    const { conditions } = evaluate(
      rule({ trigger: 'deal_won', maximumCommission }),
      closed('deal', null),
      situation(),
    );
    expect(conditions.map(({ code }) => code)).toEqual(['TRIGGER', 'AMOUNT_KNOWN']);
  });

  it('B-31 pays for the action it names and for no other', () => {
    const offer = rule({ trigger: 'action', action: 'trial started', reward: flat });
    expect(evaluate(offer, action('trial started'), situation()).target).toBe(700n);
    expect(evaluate(offer, action('trial ended'), situation()).conditions).toEqual([
      {
        code: 'TRIGGER',
        required: 'the action "trial started"',
        actual: 'the action "trial ended"',
        passed: false,
        wouldPassIf: 'it were the action "trial started"',
      },
    ]);
  });
});

describe('for whom', () => {
  const forGroup = rule({ audience: { kind: 'groups', groupIds: [GROUP] } });
  const forPartner = rule({ audience: { kind: 'partnerships', partnershipIds: [PARTNERSHIP] } });

  it.each([
    [GROUP, 'earned'],
    [OTHER_GROUP, 'not_qualified'],
    [null, 'not_qualified'],
  ] as const)('a partner of group %s: %s', (groupId, outcome) => {
    expect(evaluate(forGroup, order(), situation({ groupId })).outcome).toBe(outcome);
  });

  it.each([
    [PARTNERSHIP, 'earned'],
    [STRANGER, 'not_qualified'],
  ] as const)('the partnership %s: %s', (partnershipId, outcome) => {
    expect(evaluate(forPartner, order(), situation({ partnershipId })).outcome).toBe(outcome);
  });

  it('names nobody else', () => {
    const { conditions } = evaluate(forPartner, order(), situation({ partnershipId: STRANGER }));
    expect(conditions.at(-1)).toEqual({
      code: 'AUDIENCE',
      required: 'a partner whom the offer is for',
      actual: 'another partner',
      passed: false,
      wouldPassIf: 'you were a partner whom the offer is for',
    });
  });
});

describe("a partner's own reward", () => {
  const since = new Date('2026-05-01T00:00:00Z');
  const own = { since, reward: { kind: 'percent', basisPoints: 3000, base: 'gross' } } as const;

  it("takes the place of the offer's and is named", () => {
    const evaluation = evaluate(rule(), order(), situation({ override: own }));
    expect(evaluation.target).toBe(3_000n);
    expect(evaluation.conditions.at(-1)).toEqual({
      code: 'OWN_REWARD',
      required: "the partner's own reward",
      actual: 'in force since 2026-05-01T00:00:00.000Z',
      passed: true,
      wouldPassIf: null,
    });
  });

  it("keeps the offer's conditions", () => {
    expect(evaluate(rule(), signup, situation({ override: own })).outcome).toBe('not_qualified');
    const minimumOrder = { amount: 10_001n, currency: EUR };
    const evaluation = evaluate(rule({ minimumOrder }), order(), situation({ override: own }));
    expect(evaluation.outcome).toBe('not_qualified');
  });
});

describe('the end of an offer', () => {
  const endsAt = new Date('2026-05-12T10:00:00Z');

  it.each([
    ['2026-05-12T09:59:59.999Z', 'earned'],
    ['2026-05-12T10:00:00.000Z', 'not_qualified'],
  ])('at %s: %s', (iso, outcome) => {
    const evaluation = evaluate(rule({ endsAt }), order({ occurredAt: new Date(iso) }), situation());
    expect(evaluation.outcome).toBe(outcome);
    expect(evaluation.conditions[1]).toEqual({
      code: 'OFFER_END',
      required: 'before the offer ended at 2026-05-12T10:00:00.000Z',
      actual: iso,
      passed: outcome === 'earned',
      wouldPassIf:
        outcome === 'earned' ? null : 'it had happened before the offer ended at 2026-05-12T10:00:00.000Z',
    });
  });
});

it('says whether a person looks at the commission', () => {
  expect(evaluate(rule({ review: 'manual' }), order(), situation()).review).toBe('manual');
  expect(evaluate(rule(), order(), situation()).review).toBe('automatic');
});
