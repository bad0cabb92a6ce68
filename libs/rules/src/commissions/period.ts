import { monthName } from './calendar.js';
import { LocalDay } from './local-day.js';

/** How long tiers and budgets count before they start again at 0. */
export const PERIODS = ['month', 'quarter', 'year', 'all_time'] as const;
export type Period = (typeof PERIODS)[number];

/** How an offer's text names a period. */
export const PERIOD_TEXT: Readonly<Record<Period, string>> = {
  month: 'in a calendar month',
  quarter: 'in a calendar quarter',
  year: 'in a calendar year',
  all_time: 'in all',
};

/** The calendar period that a moment falls into, in the program's zone. */
export interface PeriodOfTime {
  /** Names the period among all of its length: `2026-05`, `2026-Q2`, `2026`, `all`. */
  readonly key: string;
  /** For a person: `May 2026`, `the 2nd quarter of 2026`, `2026`, `all time`. */
  readonly text: string;
}

export function periodOf(period: Period, at: Date, timeZone: string): PeriodOfTime {
  const { year, month } = LocalDay.at(at, timeZone).date;
  switch (period) {
    case 'month':
      return { key: `${year}-${String(month).padStart(2, '0')}`, text: `${monthName(month)} ${year}` };
    case 'quarter': {
      const quarter = Math.ceil(month / 3);
      return { key: `${year}-Q${quarter}`, text: `the ${ORDINALS[quarter - 1] ?? ''} quarter of ${year}` };
    }
    case 'year':
      return { key: String(year), text: String(year) };
    case 'all_time':
      return { key: 'all', text: 'all time' };
  }
}

const ORDINALS = ['1st', '2nd', '3rd', '4th'];
