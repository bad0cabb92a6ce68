import { Temporal } from 'temporal-polyfill';
import { LocalDay, localTime } from './local-day.js';

/**
 * When a hold ends: local midnight at the start of the day that is `days` calendar days after the day of
 * `from` in the program's zone. Zero days end before `from`, so nothing is held.
 */
export function holdEnd(from: Date, days: number, timeZone: string): Date {
  return new Date(LocalDay.at(from, timeZone).plus('days', days).startsAt);
}

/**
 * The same local time `months` calendar months later in the program's zone; a day the month lacks becomes
 * its last (29 Feb + 12 months = 28 Feb).
 */
export function monthsAfter(from: Date, months: number, timeZone: string): Date {
  const day = LocalDay.at(from, timeZone);
  const later = day.plus('months', months);
  return day.isOrdinary && later.isOrdinary
    ? new Date(later.startsAt + (from.getTime() - day.startsAt))
    : new Date(localTime(from, timeZone).add({ months }).epochMilliseconds);
}

/** The first moment of a calendar month (`2026-05`) in a zone. */
export function monthStart(month: string, timeZone: string): Date {
  const day = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
}

/** The calendar month after `month`, both as `2026-05`. */
export function nextMonth(month: string): string {
  return Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString();
}

/** The local calendar day as a person reads it, for example `12 May 2026`. */
export function dayText(at: Date, timeZone: string): string {
  const { date } = LocalDay.at(at, timeZone);
  return `${date.day} ${monthName(date.month)} ${date.year}`;
}

/** The name of a month, counted from 1. */
export const monthName = (month: number): string => MONTHS[month - 1] ?? '';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
