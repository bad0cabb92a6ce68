import { Body, Controller, Delete, Get, HttpCode, Param, Patch } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Session, SignedIn } from '#http';
import { type Id, parseId } from '#kernel';
import { LeaveTeam } from './leave-team.js';
import { PersonDto, RenamePersonBody, showPerson } from './person.dto.js';
import { ReadPerson } from './read-person.js';
import { RenamePerson } from './rename-person.js';

@ApiTags('Sign-in')
@SignedIn()
@Controller('v1/me')
export class PersonController {
  constructor(
    private readonly readPerson: ReadPerson,
    private readonly renamePerson: RenamePerson,
    private readonly leaveTeam: LeaveTeam,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read who you are and which companies and partners you may act for' })
  @ApiOkResponse({ type: PersonDto })
  async read(@Session() sessionId: Id<'Session'>): Promise<PersonDto> {
    return showPerson(await this.readPerson.execute(sessionId));
  }

  @Patch()
  @ApiOperation({ summary: 'Change your name' })
  @ApiOkResponse({ type: PersonDto })
  async rename(@Session() sessionId: Id<'Session'>, @Body() body: RenamePersonBody): Promise<PersonDto> {
    await this.renamePerson.execute(sessionId, body.name);
    return showPerson(await this.readPerson.execute(sessionId));
  }

  @Delete('memberships/:memberId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Leave a team' })
  @ApiNoContentResponse()
  leave(@Session() sessionId: Id<'Session'>, @Param('memberId') memberId: string): Promise<void> {
    return this.leaveTeam.execute(sessionId, parseId('Member', memberId, 'memberId'));
  }
}
