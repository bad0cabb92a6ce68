import { accountKeyOf } from './claim.js';

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
