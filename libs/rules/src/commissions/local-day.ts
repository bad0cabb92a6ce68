import { Temporal } from 'temporal-polyfill';
import { DAY_MS } from '#kernel';

/** Some years of a few time zones. */
const MOST_REMEMBERED = 10_000;

/**
 * A calendar day of a time zone. Days are remembered: to find out what day it is somewhere takes some 10 µs,
 * judging an order asks several times, and most orders are of the same few days.
 */
export class LocalDay {
  static readonly #byUtcDay = new Map<string, LocalDay[]>();
  static #remembered = 0;

  readonly #later = new Map<string, LocalDay>();

  private constructor(
    readonly date: Temporal.PlainDate,
    private readonly timeZone: string,
    /** Its first moment; epoch milliseconds. */
    readonly startsAt: number,
    /** The first moment of the day after. */
    readonly endsAt: number,
  ) {}

  /** The day that a moment falls into. */
  static at(moment: Date, timeZone: string): LocalDay {
    const time = moment.getTime();
    const key = `${timeZone} ${Math.floor(time / DAY_MS)}`;
    const known = LocalDay.#byUtcDay.get(key);
    const day = known?.find(({ startsAt, endsAt }) => startsAt <= time && time < endsAt);
    if (day) return day;
    const found = LocalDay.#of(localTime(moment, timeZone).toPlainDate(), timeZone);
    if (known) known.push(found);
    else LocalDay.#byUtcDay.set(key, [found]);
    return found;
  }

  /** A month that lacks the day has its last instead. */
  plus(span: 'days' | 'months', count: number): LocalDay {
    const key = `${count} ${span}`;
    let later = this.#later.get(key);
    if (!later) {
      later = LocalDay.#of(this.date.add({ [span]: count }), this.timeZone);
      this.#later.set(key, later);
    }
    return later;
  }

  /** Whether no clock was changed during it. */
  get isOrdinary(): boolean {
    return this.endsAt - this.startsAt === DAY_MS;
  }

  static #of(date: Temporal.PlainDate, timeZone: string): LocalDay {
    if ((LocalDay.#remembered += 1) > MOST_REMEMBERED) {
      LocalDay.#byUtcDay.clear();
      LocalDay.#remembered = 0;
    }
    const next = date.add({ days: 1 });
    const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
    return new LocalDay(date, timeZone, startOf(date), startOf(next));
  }
}

export const localTime = (moment: Date, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
