import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import type { SessionTokens } from './session.js';

export class StartSessionBody {
  @ApiProperty({ maxLength: 200, description: 'The token of a sign-in link' })
  @IsString()
  @MaxLength(200)
  token!: string;
}

export class RefreshSessionBody {
  @ApiProperty({ maxLength: 200 })
  @IsString()
  @MaxLength(200)
  refreshToken!: string;
}

export class SessionDto {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer …`; good for ten minutes' })
  readonly accessToken!: string;

  @ApiProperty({ format: 'date-time', description: 'When the access token ends' })
  readonly expiresAt!: string;

  @ApiProperty({ description: 'Good once, for 30 days: using it twice ends the session' })
  readonly refreshToken!: string;
}

export function showSession(tokens: SessionTokens): SessionDto {
  return { ...tokens, expiresAt: tokens.expiresAt.toISOString() };
}
