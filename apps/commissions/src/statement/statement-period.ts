import type { Transaction } from '#database';
import { type Id, InvalidField } from '#kernel';
import { monthStart, nextMonth } from '#rules';

/** Whether more can be posted in a month; what is closed never changes again. */
export const STATEMENT_STATES = ['open', 'closed'] as const;
export type StatementState = (typeof STATEMENT_STATES)[number];

/** A calendar month in its program's zone, half-open. */
export interface StatementPeriod {
  /** `2026-05` */
  readonly month: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** From when on it is closed. */
  readonly closesAt: Date;
  readonly state: StatementState;
}

/**
 * What was posted in the last moment of a month shows once it is committed, at most ten minutes later
 * (schema/statement-closing.ts); the rest is for clocks that differ.
 */
const CLOSING_DELAY_MS = 3_600_000;

const MONTH = /^[2-9]\d{3}-(0[1-9]|1[0-2])$/;

/**
 * Reads a month that a caller asked for.
 * @throws InvalidInput `month.invalid`
 */
export function parseMonth(text: string): string {
  if (MONTH.test(text)) return text;
  throw new InvalidField('month.invalid', 'month', 'must be a month such as "2026-05"');
}

/**
 * Where a month begins and ends. Each boundary is told by the zone that was in force there, so months follow
 * each other without a gap also when the program moves to another zone. It is told as of the month's beginning
 * in UTC, so a month closes only after that.
 * @throws InvalidInput `month.not_begun`
 */
export async function periodOf(
  tx: Transaction,
  { companyId, programId }: { readonly companyId: Id<'Company'>; readonly programId: Id<'Program'> },
  month: string,
  now: Date,
): Promise<StatementPeriod> {
  const zones = await tx.query<{ effective_from: string; time_zone: string }>(
    `select effective_from, time_zone from approvals.published_program_settings
     where company_id = $1 and program_id = $2 order by effective_from`,
    [companyId, programId],
  );
  const boundary = (of: string) => {
    const about = monthStart(of, 'UTC');
    const inForce = zones.findLast((zone) => new Date(zone.effective_from) <= about) ?? zones[0];
    return { at: monthStart(of, inForce?.time_zone ?? 'UTC'), settledAt: about };
  };
  const [start, end] = [boundary(month), boundary(nextMonth(month))];
  if (start.at > now) {
    throw new InvalidField('month.not_begun', 'month', 'must not lie in the future');
  }
  const closesAt = new Date(Math.max(end.at.getTime(), end.settledAt.getTime()) + CLOSING_DELAY_MS);
  return { month, startsAt: start.at, endsAt: end.at, closesAt, state: now < closesAt ? 'open' : 'closed' };
}
