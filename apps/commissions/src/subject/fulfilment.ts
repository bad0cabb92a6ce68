import { earlier } from './earlier.js';
import type { SubjectRow } from './subject.js';

/**
 * An order with one more fulfilment in it; the same object when it says nothing new. Each line, and the
 * order as a whole, keeps the earliest time known, so the order of fulfilments does not matter.
 * @param lineKeys what was fulfilled; null for the whole order
 */
export function withFulfilment(row: SubjectRow, at: Date, lineKeys: readonly string[] | null): SubjectRow {
  const fulfilled_lines = withLines(row.fulfilled_lines, at, lineKeys ?? []);
  const whole = lineKeys === null ? earlier(row.completed_at, at) : row.completed_at;
  const byLines = completionByLines(row, fulfilled_lines);
  const completed_at = byLines ? earlier(whole, byLines) : whole;
  const fulfilled_at = earlier(row.fulfilled_at, at);
  const isSame =
    fulfilled_at === row.fulfilled_at &&
    completed_at === row.completed_at &&
    fulfilled_lines === row.fulfilled_lines;
  return isSame ? row : { ...row, fulfilled_at, completed_at, fulfilled_lines };
}

function withLines(
  known: SubjectRow['fulfilled_lines'],
  at: Date,
  lineKeys: readonly string[],
): SubjectRow['fulfilled_lines'] {
  const news = lineKeys.filter((key) => earlier(timeOf(known, key), at) !== timeOf(known, key));
  if (news.length === 0) return known;
  return { ...known, ...Object.fromEntries(news.map((key) => [key, at.toISOString()])) };
}

/** When the last of an order's lines was fulfilled; null while one waits, or when its lines are not known. */
function completionByLines({ lines }: SubjectRow, fulfilled: SubjectRow['fulfilled_lines']): Date | null {
  const times = (lines ?? []).map(({ lineKey }) => timeOf(fulfilled, lineKey));
  const known = times.filter((time) => time !== null).map((time) => new Date(time).getTime());
  return known.length === 0 || known.length < times.length ? null : new Date(Math.max(...known));
}

/** Keys are the company's own: one may be called like a property that every object has. */
const timeOf = (known: SubjectRow['fulfilled_lines'], key: string): string | null =>
  Object.hasOwn(known, key) ? (known[key] ?? null) : null;
