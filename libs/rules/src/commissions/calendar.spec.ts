import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { dayText, holdEnd, monthsAfter, monthStart, nextMonth } from './calendar.js';

const at = (iso: string) => new Date(iso);

describe('holdEnd', () => {
  it("ends at the program's midnight, whatever the hour it starts", () => {
    expect(holdEnd(at('2026-05-01T00:00:00Z'), 30, 'UTC')).toEqual(at('2026-05-31T00:00:00Z'));
    expect(holdEnd(at('2026-05-01T23:59:59.999Z'), 30, 'UTC')).toEqual(at('2026-05-31T00:00:00Z'));
  });

  it('counts the local day: 23:00 UTC is the next day in Auckland', () => {
    expect(holdEnd(at('2026-05-01T23:00:00Z'), 1, 'Pacific/Auckland')).toEqual(at('2026-05-02T12:00:00Z'));
  });

  it('starts the day later where the clock change skips midnight', () => {
    // Santiago, 6 September 2026: 00:00 does not exist, the day starts at 01:00 (UTC-3).
    expect(holdEnd(at('2026-09-05T12:00:00Z'), 1, 'America/Santiago')).toEqual(at('2026-09-06T04:00:00Z'));
  });

  it('is over at once with zero days', () => {
    const from = at('2026-05-01T15:00:00Z');
    expect(holdEnd(from, 0, 'UTC').getTime()).toBeLessThanOrEqual(from.getTime());
  });
});

describe('monthsAfter', () => {
  it.each([
    ['2028-02-29T00:00:00Z', 12, '2029-02-28T00:00:00Z'],
    ['2027-02-28T00:00:00Z', 12, '2028-02-28T00:00:00Z'],
    ['2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00Z'],
    ['2026-12-31T23:59:59.999Z', 2, '2027-02-28T23:59:59.999Z'],
  ])('%s + %i months = %s', (from, months, to) => {
    expect(monthsAfter(at(from), months, 'UTC')).toEqual(at(to));
  });
});

it('names a day in the local calendar', () => {
  expect(dayText(at('2026-05-31T22:30:00Z'), 'Europe/Berlin')).toBe('1 June 2026');
});

describe('monthStart', () => {
  it("is the program's midnight on the first day, also where the clocks change in between", () => {
    expect(monthStart('2026-05', 'Europe/Berlin')).toEqual(at('2026-04-30T22:00:00Z'));
    expect(monthStart('2026-11', 'Europe/Berlin')).toEqual(at('2026-10-31T23:00:00Z'));
    expect(monthStart('2026-05', 'UTC')).toEqual(at('2026-05-01T00:00:00Z'));
  });
});

describe('nextMonth', () => {
  it('goes on into the next year', () => {
    expect(nextMonth('2026-05')).toBe('2026-06');
    expect(nextMonth('2026-12')).toBe('2027-01');
  });
});

describe('days that are remembered', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
  const moment = fc
    .date({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z'), noInvalidDate: true })
    .map((date) => new Date(date));
  const local = (date: Date, zone: string) =>
    Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zone);

  it('give what the calendar gives, at every hour and around every change of the clocks', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), fc.nat(36), (from, zone, count) => {
        const months = local(from, zone).add({ months: count }).epochMilliseconds;
        expect(monthsAfter(from, count, zone).getTime()).toBe(months);
        const hold = local(from, zone).toPlainDate().add({ days: count }).toZonedDateTime(zone);
        expect(holdEnd(from, count, zone).getTime()).toBe(hold.epochMilliseconds);
        expect(dayText(from, zone)).toContain(String(local(from, zone).year));
      }),
      { numRuns: 2_000 },
    );
  });
});
