/** Where "now" comes from. Rules never read it: they are given times. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** 24 hours; a calendar day of a time zone may be shorter or longer. */
export const DAY_MS = 24 * 60 * 60 * 1000;
