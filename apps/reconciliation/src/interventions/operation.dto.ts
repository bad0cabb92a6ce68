import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

/** Every change an operator makes says why. */
export class ReasonBody {
  @ApiProperty({
    minLength: 3,
    maxLength: 500,
    example: 'The shop sent amounts as text; mended in ticket 4711.',
  })
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  readonly reason!: string;
}
