import { ApiProperty } from '@nestjs/swagger';

import { IsMailAddress, IsName } from '#http';

export class SignUpBody {
  @ApiProperty({ maxLength: 200, example: 'Ada Lovelace' })
  @IsName(200)
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
