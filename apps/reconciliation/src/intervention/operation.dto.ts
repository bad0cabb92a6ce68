import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, MaxLength, MinLength } from 'class-validator';

/** Every change an operator makes says why. */
export class ReasonBody {
  @ApiProperty({
    minLength: 3,
    maxLength: 500,
    example: 'The shop sent amounts as text; mended in ticket 4711.',
  })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  readonly reason!: string;
}
