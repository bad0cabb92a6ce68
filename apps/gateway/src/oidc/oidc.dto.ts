import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { IfGiven, IsMailAddress, IsName } from '#http';

export class OidcQuery {
  @ApiPropertyOptional({ maxLength: 200, description: 'Opens a partner account under this name' })
  @IfGiven()
  @IsName(200)
  partnerName?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Token of an invitation to a team, which is accepted' })
  @IfGiven()
  @IsString()
  @MaxLength(200)
  invitation?: string;
}

export class UnbindIdentityBody {
  @ApiProperty({ maxLength: 254, example: 'ada@example.org' })
  @IsMailAddress()
  email!: string;
}
