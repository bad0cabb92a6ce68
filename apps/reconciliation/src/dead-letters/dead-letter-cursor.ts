import { InvalidInput } from '#kernel';

/** Where a page of deliveries ended: when the last one finished (PostgreSQL's text), and which it was. */
export interface DeliveryPosition {
  readonly at: string;
  readonly eventId: string;
  readonly consumer: string;
}

export function cursorOf(position: DeliveryPosition): string {
  return Buffer.from([position.at, position.eventId, position.consumer].join('|')).toString('base64url');
}

const POSITION = /^([0-9: .+-]{10,40})\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\|([a-z]{1,40})$/;

/** @throws InvalidInput `cursor.invalid` */
export function positionOf(cursor: string | undefined): DeliveryPosition | null {
  if (cursor === undefined) return null;
  const [, at, eventId, consumer] = POSITION.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!at || !eventId || !consumer || Number.isNaN(Date.parse(at))) {
    const message = 'must be a nextCursor that this list returned';
    throw new InvalidInput('cursor.invalid', `cursor ${message}.`, [{ field: 'cursor', message }]);
  }
  return { at, eventId, consumer };
}
