import type { Transaction } from '#database';
import { type Id, InvalidInput } from '#kernel';
import { monthStart, nextMonth } from '#rules';

/** A calendar month in its program's zone, half-open. */
export interface StatementPeriod {
  /** `2026-05` */
  readonly month: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const MONTH = /^[2-9]\d{3}-(0[1-9]|1[0-2])$/;

/**
 * Reads a month that a caller asked for.
 * @throws InvalidInput `month.invalid`
 */
export function parseMonth(text: string): string {
  if (MONTH.test(text)) return text;
  const message = 'must be a month such as "2026-05"';
  throw new InvalidInput('month.invalid', `month ${message}.`, [{ field: 'month', message }]);
}

/**
 * Where a month begins and ends. Each boundary is told by the zone that was in force there, so months follow
 * each other without a gap also when the program moves to another zone.
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
    return monthStart(of, inForce?.time_zone ?? 'UTC');
  };
  const period = { month, startsAt: boundary(month), endsAt: boundary(nextMonth(month)) };
  if (period.startsAt <= now) return period;
  const message = 'must not lie in the future';
  throw new InvalidInput('month.not_begun', `month ${message}.`, [{ field: 'month', message }]);
}
