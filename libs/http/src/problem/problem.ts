import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FieldError } from '#kernel';

/** One field of the input and what would be right. */
export class ProblemField implements FieldError {
  @ApiProperty({ description: 'Dotted path of the field', example: 'items.0.amount' })
  readonly field!: string;

  @ApiProperty({ example: 'must be a whole number of minor units from 0 to 9007199254740991' })
  readonly message!: string;
}

/** The body of every error: `application/problem+json` (RFC 9457). */
export class Problem {
  @ApiProperty({ description: 'Identifies the kind of problem', example: 'urn:fairlead:problem:not_found' })
  readonly type!: string;

  @ApiProperty({ example: 'Not Found' })
  readonly title!: string;

  @ApiProperty({ example: 404 })
  readonly status!: number;

  @ApiProperty({ description: 'Stable, for machines', example: 'not_found' })
  readonly code!: string;

  @ApiProperty({ description: 'What is wrong and what to do about it' })
  readonly detail!: string;

  @ApiPropertyOptional({ type: [ProblemField] })
  readonly errors?: readonly FieldError[];

  @ApiProperty({ description: 'Names this request in our logs; quote it when you ask for help' })
  readonly requestId!: string;
}
