import fc from 'fast-check';
import { asId } from '#kernel';
import type { ApplicationFacts, ApplicationRule } from './application-rule.js';
import { isMetByAll, judgeApplication } from './judge-application.js';

const some = (...values: string[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }), { nil: null });

const partnership = asId('Partnership', '00000000-0000-7000-8000-000000000002');
const group = asId('Group', '00000000-0000-7000-8000-000000000001');
const rule: fc.Arbitrary<ApplicationRule> = fc.record({
  name: fc.string({ minLength: 1 }),
  countries: some('DE', 'FR', 'US'),
  emailDomains: some('a.test', 'b.test'),
  isInvited: fc.option(fc.boolean(), { nil: null }),
  decision: fc.constantFrom('approve', 'decline', 'review'),
  groupId: fc.constantFrom(null, group),
  reason: fc.option(fc.string(), { nil: null }),
});
const facts: fc.Arbitrary<ApplicationFacts> = fc.record({
  country: fc.constantFrom(null, 'DE', 'FR', 'US', 'SE'),
  emailDomain: fc.constantFrom('a.test', 'b.test', 'c.test'),
  isInvited: fc.boolean(),
  removedPartnershipId: fc.constantFrom(null, partnership),
});

describe('for every list of rules and every application', () => {
  it('the decision is that of the last rule told of, and no rule before it is met', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), facts, (rules, application) => {
        const { by, decision, trace, ...decided } = judgeApplication(rules, application);
        const [last, ...before] = trace.toReversed();
        expect(before.some(({ isMet }) => isMet)).toBe(false);
        expect(trace.every(({ isMet, checks }) => isMet === checks.every((check) => check.isMet))).toBe(true);
        expect(by === 'rule').toBe(last?.isMet ?? false);
        if (by !== 'rule') return;
        const deciding = rules[trace.length - 1];
        expect({ decision, ...decided }).toEqual({
          decision: deciding?.decision,
          rule: deciding?.name,
          groupId: deciding?.groupId,
          reason: deciding?.reason,
        });
      }),
    );
  });

  it('rules after one that everybody meets change nothing', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 3 }), fc.array(rule), facts, (rules, more, application) => {
        const all = { ...rules[0], name: 'All', countries: null, emailDomains: null, isInvited: null };
        const last: ApplicationRule = { decision: 'review', groupId: null, reason: null, ...all };
        expect(isMetByAll(last)).toBe(true);
        expect(judgeApplication([...rules, last, ...more], application)).toEqual(
          judgeApplication([...rules, last], application),
        );
      }),
    );
  });

  it('nobody whom the company removed is decided on, invited or not', () => {
    fc.assert(
      fc.property(fc.array(rule), facts, (rules, application) => {
        const { decision, by } = judgeApplication(rules, {
          ...application,
          removedPartnershipId: partnership,
        });
        expect([decision, by]).toEqual(['review', 'removal']);
      }),
    );
  });
});
