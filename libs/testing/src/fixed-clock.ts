import { Clock } from '#kernel';

/** A clock that tests set and move. */
export class FixedClock extends Clock {
  #now: Date;

  constructor(iso: string) {
    super();
    this.#now = new Date(iso);
  }

  override now(): Date {
    return new Date(this.#now);
  }

  set(iso: string): void {
    this.#now = new Date(iso);
  }

  advance(milliseconds: number): void {
    this.#now = new Date(this.#now.getTime() + milliseconds);
  }
}
