import { Body, Controller, Delete, Header, HttpCode, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PublicAccess, Session, SignedIn } from '#http';
import type { Id } from '#kernel';
import { EndSessions } from './end-sessions.js';
import { RefreshSession } from './refresh-session.js';
import { RefreshSessionBody, SessionDto, showSession, StartSessionBody } from './session.dto.js';
import { StartSession } from './start-session.js';

@ApiTags('Sign-in')
@Controller('v1/sessions')
export class SessionController {
  constructor(
    private readonly startSession: StartSession,
    private readonly refreshSession: RefreshSession,
    private readonly endSessions: EndSessions,
  ) {}

  @Post()
  @PublicAccess()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Sign in by the token of a sign-in link; the link is used up' })
  @ApiCreatedResponse({ type: SessionDto })
  async start(@Body() body: StartSessionBody): Promise<SessionDto> {
    return showSession(await this.startSession.execute(body.token));
  }

  @Post('refresh')
  @HttpCode(200)
  @PublicAccess()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Exchange a refresh token for new tokens' })
  @ApiOkResponse({ type: SessionDto })
  async refresh(@Body() body: RefreshSessionBody): Promise<SessionDto> {
    return showSession(await this.refreshSession.execute(body.refreshToken));
  }

  @Delete('current')
  @HttpCode(204)
  @SignedIn()
  @ApiOperation({ summary: 'Sign out here' })
  @ApiNoContentResponse()
  endCurrent(@Session() sessionId: Id<'Session'>): Promise<void> {
    return this.endSessions.execute(sessionId, 'current');
  }

  @Delete()
  @HttpCode(204)
  @SignedIn()
  @ApiOperation({ summary: 'Sign out everywhere' })
  @ApiNoContentResponse()
  endAll(@Session() sessionId: Id<'Session'>): Promise<void> {
    return this.endSessions.execute(sessionId, 'all');
  }
}
