import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsISO8601, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';

/**
 * The field may be left out, but not be null (`@IsOptional()` would let null through): for every optional field
 * whose type does not say `| null`.
 */
export const IfGiven = (): PropertyDecorator =>
  ValidateIf((_body: unknown, value: unknown) => value !== undefined);

const A_TIME = { message: 'must be an ISO 8601 time with its zone, such as "2026-06-01T00:00:00Z"' };

/**
 * A moment that `new Date()` reads: ISO 8601 also knows weeks, days of the year and bare hours, which it reads as
 * no date at all, and times without a zone, which it reads as the server's.
 */
export const IsTime = (): PropertyDecorator =>
  applyDecorators(
    IsISO8601({ strict: true, strictSeparator: true }, A_TIME),
    Matches(/^(19[7-9]\d|[2-9]\d{3})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/, A_TIME),
  );

/**
 * A name of one line. A line break would start another line of a mail, a log or an exported file, and a turn of the
 * writing direction would show a name as another.
 * @param longest in characters
 */
export const IsName = (longest: number): PropertyDecorator =>
  applyDecorators(
    IsString(),
    MaxLength(longest),
    Matches(/\S/, { message: 'must not be blank' }),
    Matches(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u, { message: 'must be one line of text' }),
  );

/**
 * An e-mail address. None with a quoted name: what stands in quotes may hold an "@", and so pass for an address of
 * another domain.
 */
export const IsMailAddress = (): PropertyDecorator =>
  applyDecorators(
    IsEmail({ blacklisted_chars: '"' }, { message: 'must be an e-mail address such as "pia@example.com"' }),
    MaxLength(254),
  );

/** Money as every route shows it; made by `moneyJson` of the kernel. */
export class MoneyDto {
  @ApiProperty({ description: 'Minor units', example: 1999 })
  amount!: number;

  @ApiProperty({ example: 'EUR' })
  currency!: string;
}
