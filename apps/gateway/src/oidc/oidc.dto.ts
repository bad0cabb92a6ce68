import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { IfGiven } from '#http';

export class OidcQuery {
  @ApiPropertyOptional({ maxLength: 200, description: 'Opens a partner account under this name' })
  @IfGiven()
  @IsString()
  @Matches(/\S/, { message: 'must not be blank' })
  @MaxLength(200)
  partnerName?: string;
}
