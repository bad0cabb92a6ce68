import { accountDomainOf, accountKeyOf } from './claim.js';

it.each([
  ['ACME, Inc.', 'acme inc'],
  ['  acme   inc ', 'acme inc'],
  ['Ａｃｍｅ', 'acme'],
  ['Müller & Söhne GmbH', 'müller söhne gmbh'],
  ['株式会社アクメ', '株式会社アクメ'],
  ['--', ''],
])('compares the account name %j as %j', (name, key) => {
  expect(accountKeyOf(name)).toBe(key);
});

it.each([
  ['Acme.Example', 'acme.example'],
  ['www.acme.example', 'acme.example'],
  ['www.shop.acme.example', 'shop.acme.example'],
  ['www.example', 'www.example'],
  ['wwwacme.example', 'wwwacme.example'],
])('compares the account domain %j as %j', (domain, key) => {
  expect(accountDomainOf(domain)).toBe(key);
});
