import { decimalText, moneyText, parseCurrency, safeAmountJson } from './money.js';

it.each([
  [199_900n, 'EUR', '1,999.00 EUR'],
  [5n, 'USD', '0.05 USD'],
  [-1_234_567n, 'USD', '-12,345.67 USD'],
  [500n, 'JPY', '500 JPY'],
  [1_500n, 'KWD', '1.500 KWD'],
  [9_007_199_254_740_991n, 'EUR', '90,071,992,547,409.91 EUR'],
])('writes %s minor units of %s as %s', (amount, currency, text) => {
  expect(moneyText(amount, parseCurrency(currency))).toBe(text);
});

it.each(['\u017fek', '\u0131sk', '\uff25\uff35\uff32'])(
  'knows no currency of letters that only look like ASCII: %s',
  (text) => {
    expect(() => parseCurrency(text)).toThrow('currency must be an ISO 4217 code such as "EUR".');
  },
);

it.each([
  [9_007_199_254_740_991n, 9_007_199_254_740_991],
  [9_007_199_254_740_992n, null],
  [-9_007_199_254_740_991n, -9_007_199_254_740_991],
  [-9_007_199_254_740_992n, null],
])('gives the sum %s as the JSON number %s', (sum, number) => {
  expect(safeAmountJson(sum)).toBe(number);
});

it.each([
  [199_900n, 'EUR', '1999.00'],
  [-5n, 'USD', '-0.05'],
  [500n, 'JPY', '500'],
])('writes %s minor units of %s for a program as %s', (amount, currency, text) => {
  expect(decimalText(amount, parseCurrency(currency))).toBe(text);
});

it.each(['XXX', 'XTS', 'XAU', 'xdr'])('takes no money in %s, which has no minor units', (code) => {
  expect(() => parseCurrency(code)).toThrow('currency must be an ISO 4217 code such as "EUR".');
});

it.each(['XAF', 'XOF', 'XPF', 'XCD', 'eur'])('takes money in %s', (code) => {
  expect(parseCurrency(code)).toBe(code.toUpperCase());
});
