import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  pageOf,
  PageQuery,
} from '#http';
import { parseId } from '#kernel';
import { ArchiveGroup } from './archive-group.js';
import { ChangeGroup } from './change-group.js';
import { CreateGroup } from './create-group.js';
import { ChangeGroupBody, CreateGroupBody, GroupDto, GroupPage, showGroup } from './group.dto.js';
import { ReadGroups } from './read-groups.js';

@ApiTags('Groups')
@Controller('v1/programs/:programId/groups')
export class GroupController {
  constructor(
    private readonly createGroup: CreateGroup,
    private readonly changeGroup: ChangeGroup,
    private readonly archiveGroup: ArchiveGroup,
    private readonly readGroups: ReadGroups,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Create a group of partners' })
  @CompanyAccess('programs:write')
  @ApiCreatedResponse({ type: GroupDto })
  async create(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') program: string,
    @Body() body: CreateGroupBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<GroupDto> {
    const features = {
      areLinksEnabled: body.linksEnabled ?? null,
      areLeadsEnabled: body.leadsEnabled ?? null,
      areDealsEnabled: body.dealsEnabled ?? null,
    };
    const programId = parseId('Program', program, 'programId');
    return showGroup(
      await this.createGroup.execute(companyId, programId, { name: body.name, features }, request),
    );
  }

  @Get()
  @ApiOperation({ summary: "List a program's groups, newest first" })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: GroupPage })
  async list(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') program: string,
    @Query() query: PageQuery,
  ): Promise<GroupPage> {
    const groups = await this.readGroups.list(companyId, parseId('Program', program, 'programId'), query);
    return pageOf(groups, query.limit, (group) => group.groupId, showGroup);
  }

  @Get(':groupId')
  @ApiOperation({ summary: 'Read a group' })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: GroupDto })
  async read(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') program: string,
    @Param('groupId') group: string,
  ): Promise<GroupDto> {
    const programId = parseId('Program', program, 'programId');
    return showGroup(await this.readGroups.one(companyId, programId, parseId('Group', group, 'groupId')));
  }

  @Patch(':groupId')
  @ApiOperation({ summary: 'Rename a group, change its features, or make it the default' })
  @CompanyAccess('programs:write')
  @ApiOkResponse({ type: GroupDto })
  async change(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') program: string,
    @Param('groupId') group: string,
    @Body() body: ChangeGroupBody,
  ): Promise<GroupDto> {
    const change = {
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.linksEnabled === undefined ? {} : { areLinksEnabled: body.linksEnabled }),
      ...(body.leadsEnabled === undefined ? {} : { areLeadsEnabled: body.leadsEnabled }),
      ...(body.dealsEnabled === undefined ? {} : { areDealsEnabled: body.dealsEnabled }),
      ...(body.isDefault === undefined ? {} : { place: 'default' as const }),
    };
    const programId = parseId('Program', program, 'programId');
    const groupId = parseId('Group', group, 'groupId');
    return showGroup(await this.changeGroup.execute(companyId, programId, groupId, change));
  }

  @Post(':groupId/archive')
  @ApiOperation({ summary: 'Put an empty group away' })
  @HttpCode(200)
  @CompanyAccess('programs:write')
  @ApiOkResponse({ type: GroupDto })
  async archive(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') program: string,
    @Param('groupId') group: string,
    @Idempotent() request: IdempotentRequest,
  ): Promise<GroupDto> {
    const programId = parseId('Program', program, 'programId');
    const groupId = parseId('Group', group, 'groupId');
    return showGroup(await this.archiveGroup.execute(companyId, programId, groupId, request));
  }
}
