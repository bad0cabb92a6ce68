import { validateSync } from 'class-validator';
import { IsTime } from '#http';

class Body {
  @IsTime()
  readonly at: unknown;

  constructor(at: unknown) {
    this.at = at;
  }
}

const isTaken = (at: unknown) => validateSync(new Body(at)).length === 0;

describe('a time in a request', () => {
  it.each([
    '1970-01-01T00:00Z',
    '2026-02-28T23:59:59Z',
    '2028-02-29T00:00:00.123456Z',
    '2026-06-01T10:00:00+05:30',
    '9999-12-31T23:59:59Z',
  ])('may be %s, which is a date', (text) => {
    expect(isTaken(text)).toBe(true);
    expect(new Date(text).getTime()).not.toBeNaN();
  });

  it.each([
    ['a week', '2026-W10-1T00:00:00Z'],
    ['a day of the year', '2026-123T00:00:00Z'],
    ['an hour alone', '2026-06-01T10Z'],
    ['a decimal comma', '2026-06-01T10:00:00,5Z'],
    ['no separators', '20260601T100000Z'],
    ['half an offset', '2026-06-01T10:00+02'],
    ['no zone', '2026-06-01T10:00:00'],
    ['no time', '2026-06-01'],
    ['a day that there is not', '2026-02-29T00:00:00Z'],
    ['an hour that there is not', '2026-02-28T24:00:00Z'],
    ['a year of six digits', '+012026-06-01T10:00:00Z'],
    ['a number', 1_780_000_000_000],
    ['nothing', null],
  ])('is not %s', (_what, text) => {
    expect(isTaken(text)).toBe(false);
  });
});
