import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { InvalidInput } from '#kernel';

/** `?limit=…&cursor=…` of every list. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 250, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(250)
  limit = 50;

  @ApiPropertyOptional({ description: 'nextCursor of the page before; opaque' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

/**
 * Makes a page of rows that were read with `limit + 1` in id order (newest first: UUIDv7 sorts by time).
 * @param idOf the row's id, which becomes the cursor
 */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  idOf: (row: Row) => string,
  show: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(show),
    nextCursor: rows.length > limit && last ? Buffer.from(idOf(last)).toString('base64url') : null,
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The id that the page starts after, or null for the first page.
 * @throws InvalidInput `cursor.invalid`
 */
export function cursorId(query: PageQuery): string | null {
  if (query.cursor === undefined) return null;
  const id = Buffer.from(query.cursor, 'base64url').toString();
  if (!UUID.test(id)) {
    const message = 'must be a nextCursor that this list returned';
    throw new InvalidInput('cursor.invalid', `cursor ${message}.`, [{ field: 'cursor', message }]);
  }
  return id;
}
