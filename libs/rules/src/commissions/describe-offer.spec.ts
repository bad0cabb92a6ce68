import { describeOffer } from './describe-offer.js';
import { parseOfferRule } from './parse-offer-rule.js';

const text = (rule: unknown) => describeOffer(parseOfferRule(rule));

describe('describeOffer', () => {
  it("B-34 B-35 says the customer's first year and from what it is counted", () => {
    expect(
      text({
        trigger: 'sale',
        reward: { kind: 'percent', basisPoints: 2000, base: 'net_of_tax' },
        duration: { kind: 'months', months: 12, anchor: 'first_payment' },
      }),
    ).toBe(
      'Earn 20% of what the customer pays without tax on each order of a customer you referred. ' +
        "Earn commissions for the customer's first year (12 calendar months from the first payment). " +
        'Refunds lower the commission in proportion. ' +
        'It becomes payable 30 days after the order is fulfilled (the first part of it where parts earn one by one), or paid where nothing is shipped.',
    );
  });

  it('B-34 describes a signup reward without terms of sales', () => {
    expect(
      text({ trigger: 'signup', reward: { kind: 'flat', amount: 1500, currency: 'EUR' }, holdDays: 0 }),
    ).toBe('Earn 15.00 EUR for each signup of a customer you referred. It is payable at once.');
  });

  it('B-34 names a minimum and a single month or day', () => {
    const description = text({
      trigger: 'sale',
      reward: { kind: 'flat', amount: 500, currency: 'EUR' },
      duration: { kind: 'months', months: 1, anchor: 'signup' },
      minimumOrder: { amount: 123456, currency: 'EUR' },
      holdDays: 1,
    });
    expect(description).toContain('Earn 5.00 EUR for each order of a customer you referred.');
    expect(description).toContain("for the customer's first month (a calendar month from the signup)");
    expect(description).toContain('Only orders of at least 1,234.56 EUR count.');
    expect(description).toContain('It becomes payable 1 day after');
  });

  it.each([
    [1, '0.01%'],
    [5, '0.05%'],
    [1250, '12.5%'],
    [10_000, '100%'],
  ])('B-34 writes %i basis points as %s', (basisPoints, percent) => {
    expect(text({ trigger: 'sale', reward: { kind: 'percent', basisPoints } })).toContain(
      `Earn ${percent} of`,
    );
  });
});
