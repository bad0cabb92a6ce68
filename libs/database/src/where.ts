import type { SqlValue } from './statement.js';

/**
 * The conditions of a list, as far as its filters are given. Plans are generic (ADR 10), and a filter said as
 * `$2 is null or …` fits no index; so one that is left out is not in the text at all.
 */
export class Where {
  readonly #conditions: string[] = [];
  readonly #values: SqlValue[] = [];

  /**
   * @param condition with `?` where the value stands
   * @param value null leaves the condition out
   */
  and(condition: string, value: SqlValue): this {
    if (value !== null) this.#conditions.push(condition.replace('?', this.parameter(value)));
    return this;
  }

  /** Adds a value that stands outside the conditions. @returns its placeholder */
  parameter(value: SqlValue): string {
    this.#values.push(value);
    return `$${this.#values.length}`;
  }

  get text(): string {
    return this.#conditions.join(' and ');
  }

  get values(): readonly SqlValue[] {
    return this.#values;
  }
}
