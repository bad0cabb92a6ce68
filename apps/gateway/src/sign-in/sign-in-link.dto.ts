import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { IsMailAddress } from '#http';

export class SignUpBody {
  @ApiProperty({ maxLength: 200, example: 'Ada Lovelace' })
  @IsString()
  @Matches(/\S/, { message: 'must not be blank' })
  @MaxLength(200)
  name!: string;

  @ApiProperty({ maxLength: 254, example: 'ada@example.org' })
  @IsMailAddress()
  email!: string;
}

export class SignInLinkBody {
  @ApiProperty({ maxLength: 254, example: 'ada@example.org' })
  @IsMailAddress()
  email!: string;
}

/** The same whatever is behind an address. */
export class SignInLinkSentDto {
  @ApiProperty({
    example: 'If that address can sign in, a link is on its way. It works once, for 15 minutes.',
  })
  readonly message!: string;
}
