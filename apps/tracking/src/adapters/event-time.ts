import { type Found } from './fields.js';
import { unreadableField } from './reading.js';

/** A fact is judged at its own time. */
export interface EventTime {
  readonly occurredAt: Date;
  readonly isFromFuture: boolean;
}

const FUTURE_TOLERANCE_MS = 10 * 60 * 1000;

/** More than 10 minutes ahead of its receipt, a time is not believed: receipt time, flagged. */
function believed(at: Date, receivedAt: Date): EventTime {
  const isFromFuture = at.getTime() - receivedAt.getTime() > FUTURE_TOLERANCE_MS;
  return { occurredAt: isFromFuture ? receivedAt : at, isFromFuture };
}

/** From 1970, as Stripe's seconds are: an earlier time is a default or a typing error, and bends no clock of ours. */
const ISO = /^(19[7-9]\d|[2-9]\d{3})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** A time given in seconds counts as the end of that second. */
const END_OF_SECOND_MS = 999;

/** Reads an ISO 8601 time with its zone. */
export function isoTime(found: Found, receivedAt: Date): EventTime {
  const text = typeof found.value === 'string' ? found.value : '';
  const parts = ISO.exec(text);
  const at = new Date(text);
  if (!parts || Number.isNaN(at.getTime()) || !isDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))) {
    const message = 'must be an ISO 8601 time from 1970 on with a zone, such as 2026-05-12T09:30:00.000Z';
    throw unreadableField(found.value === undefined ? 'FIELD_MISSING' : 'TIME_INVALID', {
      field: found.field,
      message,
    });
  }
  return believed(parts[4] ? at : new Date(at.getTime() + END_OF_SECOND_MS), receivedAt);
}

const isDay = (year: number, month: number, day: number) =>
  day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Year 9999: what an ISO time can still say. */
const LAST_SECOND = 253_402_300_799;

/** Reads seconds since 1970, as Stripe gives them. */
export function unixTime(found: Found, receivedAt: Date): EventTime {
  const seconds = found.value;
  if (typeof seconds !== 'number' || !Number.isSafeInteger(seconds) || seconds < 0 || seconds > LAST_SECOND) {
    const message = 'must be whole seconds since 1970';
    throw unreadableField('TIME_INVALID', { field: found.field, message });
  }
  return believed(new Date(seconds * 1000 + END_OF_SECOND_MS), receivedAt);
}
