import { validateSync } from 'class-validator';
import { IsMailAddress, IsName } from '#http';

class Body {
  @IsName(20)
  readonly name: unknown;

  @IsMailAddress()
  readonly email: unknown;

  constructor(name: unknown, email: unknown) {
    this.name = name;
    this.email = email;
  }
}

const refused = (name: unknown, email: unknown) =>
  validateSync(new Body(name, email)).map(({ property }) => property);

it.each(['Ada', 'Ada Lovelace-Byron', 'Åsa & Söhne', '株式会社アクメ', 'ירוק', '👩‍🚀', 'x'.repeat(20)])(
  'takes the name %j',
  (name) => {
    expect(refused(name, 'ada@example.org')).toEqual([]);
  },
);

it.each([
  ['', 'nothing'],
  ['  ', 'blanks'],
  ['x'.repeat(21), 'too long'],
  ['Ada\r\nBcc: eve@example.org', 'a second line'],
  ['Ada\u2028Eve', 'a line separator'],
  ['\t=1+1', 'a tab'],
  ['Ada\u202eeve', 'a turn of the direction'],
  [7, 'a number'],
])('refuses the name %j: %s', (name, _why) => {
  expect(refused(name, 'ada@example.org')).toEqual(['name']);
});

it.each(['ada@example.org', 'Ada.L+tag@sub.example.org', 'ädä@example.org'])(
  'takes the address %j',
  (email) => {
    expect(refused('Ada', email)).toEqual([]);
  },
);

it.each([
  'ada',
  '"ada"@example.org',
  '"a@b.example@c"@example.org',
  'a@b.example,c@d.example',
  'ada@[127.0.0.1]',
  7,
])('refuses the address %j', (email) => {
  expect(refused('Ada', email)).toEqual(['email']);
});
