import { asId } from '#kernel';
import type { ApplicationFacts, ApplicationRule } from './application-rule.js';
import { judgeApplication } from './judge-application.js';

const partnership = asId('Partnership', '00000000-0000-7000-8000-000000000002');
const group = asId('Group', '00000000-0000-7000-8000-000000000001');
const rule = (change: Partial<ApplicationRule>): ApplicationRule => ({
  name: 'A rule',
  countries: null,
  emailDomains: null,
  isInvited: null,
  decision: 'approve',
  groupId: null,
  reason: null,
  ...change,
});
const facts = (change: Partial<ApplicationFacts> = {}): ApplicationFacts => ({
  country: 'DE',
  emailDomain: 'example.test',
  isInvited: false,
  removedPartnershipId: null,
  ...change,
});

describe('automatic rules', () => {
  it('B-22 decide by the first rule that is met, and tell of those before it', () => {
    const rules = [
      rule({ name: 'Nordic', countries: ['SE', 'NO'], decision: 'decline', reason: 'Not yet.' }),
      rule({ name: 'German', countries: ['DE'], groupId: group }),
      rule({ name: 'All others', decision: 'decline', reason: 'Not yet.' }),
    ];
    expect(judgeApplication(rules, facts())).toEqual({
      decision: 'approve',
      by: 'rule',
      rule: 'German',
      groupId: group,
      reason: null,
      trace: [
        {
          rule: 'Nordic',
          isMet: false,
          checks: [{ condition: 'country', required: 'one of SE, NO', actual: 'DE', isMet: false }],
        },
        {
          rule: 'German',
          isMet: true,
          checks: [{ condition: 'country', required: 'DE', actual: 'DE', isMet: true }],
        },
      ],
    });
    expect(judgeApplication(rules, facts({ country: 'FR' }))).toMatchObject({ rule: 'All others' });
  });

  it('need every condition of a rule', () => {
    const rules = [rule({ countries: ['DE'], emailDomains: ['example.test'], isInvited: true })];
    const byOf = (change: Partial<ApplicationFacts>) => judgeApplication(rules, facts(change)).by;
    expect(byOf({ isInvited: true })).toBe('rule');
    expect(byOf({ isInvited: false })).toBe('nothing');
    expect(byOf({ isInvited: true, country: 'FR' })).toBe('invitation');
    expect(byOf({ isInvited: true, emailDomain: 'mail.example.test' })).toBe('invitation');
  });

  it('take a country that was not given for no country', () => {
    const decision = judgeApplication([rule({ countries: ['DE'] })], facts({ country: null }));
    expect(decision).toMatchObject({ decision: 'review', by: 'nothing' });
    expect(decision.trace[0]?.checks[0]).toMatchObject({ actual: 'none given', isMet: false });
  });

  it('approve who is invited where no rule is met, and leave everyone else to the company', () => {
    expect(judgeApplication([], facts({ isInvited: true }))).toMatchObject({
      decision: 'approve',
      by: 'invitation',
    });
    expect(judgeApplication([], facts())).toMatchObject({ decision: 'review', by: 'nothing' });
  });

  it('never decide on a partner whom the company once removed', () => {
    const decision = judgeApplication(
      [rule({})],
      facts({ removedPartnershipId: partnership, isInvited: true }),
    );
    expect(decision).toMatchObject({
      decision: 'review',
      by: 'removal',
      removedPartnershipId: partnership,
      trace: [],
    });
  });
});
