import type { Type as Class } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { InvalidField } from '#kernel';
import { IfGiven } from './dto.js';

/** `?limit=…&cursor=…` of every list. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 250, default: 50 })
  @IfGiven()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(250)
  limit = 50;

  @ApiPropertyOptional({ description: 'nextCursor of the page before; opaque' })
  @IfGiven()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

/** The documented class of a list's pages: `class OfferPage extends PageType(OfferDto) {}`. */
export function PageType<T>(item: Class<T>): Class<Page<T>> {
  class ItemPage implements Page<T> {
    @ApiProperty({ type: [item] })
    readonly data!: T[];

    @ApiProperty({
      type: String,
      nullable: true,
      description: 'cursor of the next page; null on the last one',
    })
    readonly nextCursor!: string | null;
  }
  return ItemPage;
}

/**
 * Makes a page of rows that were read with `limit + 1` in the list's order.
 * @param positionOf where the row stands in that order (mostly its id: UUIDv7 sorts by time); becomes the cursor
 */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => string,
  show: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(show),
    nextCursor: rows.length > limit && last ? Buffer.from(positionOf(last)).toString('base64url') : null,
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The id that the page starts after, or null for the first page.
 * @throws InvalidInput `cursor.invalid`
 */
export function cursorId(query: PageQuery): string | null {
  return readCursor(query, (text) => (UUID.test(text) ? text : null));
}

/**
 * The position that the page starts after, or null for the first page.
 * @param parse reads what `pageOf` was given; null when it is none of this list's positions
 * @throws InvalidInput `cursor.invalid`
 */
export function readCursor<T>({ cursor }: PageQuery, parse: (text: string) => T | null): T | null {
  if (cursor === undefined) return null;
  const position = parse(Buffer.from(cursor, 'base64url').toString());
  if (position !== null) return position;
  throw new InvalidField('cursor.invalid', 'cursor', 'must be a nextCursor that this list returned');
}
