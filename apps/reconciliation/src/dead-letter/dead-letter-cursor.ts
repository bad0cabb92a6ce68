import { type PageQuery, readCursor } from '#http';

/** Where a page of dead letters ended: when the last one died (PostgreSQL's text), and which it was. */
export interface DeadLetterPosition {
  readonly diedAt: string;
  readonly eventId: string;
  readonly consumer: string;
}

export function positionOf({ diedAt, eventId, consumer }: DeadLetterPosition): string {
  return [diedAt, eventId, consumer].join('|');
}

const POSITION = /^([0-9: .+-]{10,40})\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\|([a-z]{1,40})$/;

/** @throws InvalidInput `cursor.invalid` */
export function readPosition(query: PageQuery): DeadLetterPosition | null {
  return readCursor(query, (text) => {
    const [, diedAt, eventId, consumer] = POSITION.exec(text) ?? [];
    if (!diedAt || !eventId || !consumer || Number.isNaN(Date.parse(diedAt))) return null;
    return { diedAt, eventId, consumer };
  });
}
