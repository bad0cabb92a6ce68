import { type FieldError, InvalidInput, type Money, NO_CURRENCY, parseAmount, parseCurrency } from '#kernel';

export type Fields = Readonly<Record<string, unknown>>;

/** Reads every field before it complains, so that a company mends all of them at once. */
export class FieldReader {
  readonly errors: FieldError[] = [];

  wrong(field: string, message: string): void {
    this.errors.push({ field, message });
  }

  /** Collects what `parse` refuses. */
  read<T>(parse: () => T): T | null {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      this.errors.push(...error.errors);
      return null;
    }
  }

  object(value: unknown, path: string, known: readonly string[]): Fields {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      this.wrong(path, `must be an object with ${known.join(', ')}`);
      return {};
    }
    for (const name of Object.keys(value)) {
      if (!known.includes(name))
        this.wrong(`${path}.${name}`, `is not known here; known: ${known.join(', ')}`);
    }
    return value as Fields;
  }

  kind<K extends string>(value: unknown, kinds: readonly [K, ...K[]], path: string): K {
    const kind = value !== null && typeof value === 'object' && 'kind' in value ? value.kind : undefined;
    return this.oneOf(kind, kinds, `${path}.kind`);
  }

  oneOf<K extends string>(value: unknown, allowed: readonly [K, ...K[]], path: string): K {
    const found = allowed.find((one) => one === value);
    if (found === undefined) {
      this.wrong(path, `must be one of ${allowed.map((one) => `"${one}"`).join(', ')}`);
    }
    return found ?? allowed[0];
  }

  whole(value: unknown, least: number, most: number, path: string): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.wrong(path, `must be a whole number from ${least} to ${most}`);
    return least;
  }

  text(value: unknown, most: number, path: string): string {
    if (typeof value === 'string' && value.trim() === value && value.length >= 1 && value.length <= most) {
      return value;
    }
    this.wrong(path, `must be a text of 1 to ${most} characters without blanks around it`);
    return '';
  }

  /** At most 100 items, each read by `item`. */
  list<T>(value: unknown, path: string, item: (value: unknown, path: string) => T): T[] {
    if (!Array.isArray(value) || value.length > MOST_ITEMS) {
      this.wrong(path, `must be a list of at most ${MOST_ITEMS}`);
      return [];
    }
    return value.map((one: unknown, index) => item(one, `${path}.${index}`));
  }

  time(value: unknown, path: string): Date | null {
    const time = typeof value === 'string' && ZONED.test(value) ? new Date(value) : null;
    if (time && !Number.isNaN(time.getTime())) return time;
    this.wrong(path, 'must be an ISO 8601 time with its zone, such as "2026-12-31T23:00:00Z"');
    return null;
  }

  /** An amount above 0 with its currency. */
  money(fields: Fields, path: string): Money {
    const amount = this.read(() => parseAmount(fields['amount'], `${path}.amount`)) ?? 0n;
    if (fields['amount'] === 0) this.wrong(`${path}.amount`, 'must be at least 1 minor unit');
    const currency = this.read(() => parseCurrency(fields['currency'], `${path}.currency`));
    return { amount, currency: currency ?? NO_CURRENCY };
  }

  moneyOrNull(value: unknown, path: string): Money | null {
    if (value === undefined || value === null) return null;
    return this.money(this.object(value, path, ['amount', 'currency']), path);
  }
}

const MOST_ITEMS = 100;
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
