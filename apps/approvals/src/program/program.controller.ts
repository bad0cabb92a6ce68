import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
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
import { ChangeProgram } from './change-program.js';
import { CreateProgram } from './create-program.js';
import { ChangeProgramBody, CreateProgramBody, ProgramDto, ProgramPage, showProgram } from './program.dto.js';
import { ReadPrograms } from './read-programs.js';

@ApiTags('Programs')
@Controller('v1/programs')
export class ProgramController {
  constructor(
    private readonly createProgram: CreateProgram,
    private readonly changeProgram: ChangeProgram,
    private readonly readPrograms: ReadPrograms,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Create a program' })
  @CompanyAccess('programs:write')
  @ApiCreatedResponse({ type: ProgramDto })
  async create(
    @Company() company: CompanyPrincipal,
    @Body() body: CreateProgramBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ProgramDto> {
    const draft = {
      name: body.name,
      slug: body.slug,
      windowDays: body.attributionWindowDays ?? 90,
      timeZone: body.timeZone ?? 'UTC',
      areLinksEnabled: body.linksEnabled ?? true,
      areLeadsEnabled: body.leadsEnabled ?? false,
      areDealsEnabled: body.dealsEnabled ?? false,
    };
    return showProgram(await this.createProgram.execute(company, draft, request));
  }

  @Get()
  @ApiOperation({ summary: 'List your programs' })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: ProgramPage })
  async list(@Company() company: CompanyPrincipal, @Query() query: PageQuery): Promise<ProgramPage> {
    const programs = await this.readPrograms.list(company.companyId, query);
    return pageOf(programs, query.limit, (program) => program.programId, showProgram);
  }

  @Get(':programId')
  @ApiOperation({ summary: 'Read a program and its settings in force' })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: ProgramDto })
  async read(@Company() company: CompanyPrincipal, @Param('programId') id: string): Promise<ProgramDto> {
    const programId = parseId('Program', id, 'programId');
    return showProgram(await this.readPrograms.one(company.companyId, programId));
  }

  @Patch(':programId')
  @ApiOperation({ summary: "Change a program's settings from now on" })
  @CompanyAccess('programs:write')
  @ApiOkResponse({ type: ProgramDto })
  async change(
    @Company() company: CompanyPrincipal,
    @Param('programId') id: string,
    @Body() body: ChangeProgramBody,
  ): Promise<ProgramDto> {
    const change = {
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.attributionWindowDays === undefined ? {} : { windowDays: body.attributionWindowDays }),
      ...(body.timeZone === undefined ? {} : { timeZone: body.timeZone }),
      ...(body.linksEnabled === undefined ? {} : { areLinksEnabled: body.linksEnabled }),
      ...(body.leadsEnabled === undefined ? {} : { areLeadsEnabled: body.leadsEnabled }),
      ...(body.dealsEnabled === undefined ? {} : { areDealsEnabled: body.dealsEnabled }),
    };
    const programId = parseId('Program', id, 'programId');
    return showProgram(await this.changeProgram.execute(company, programId, change));
  }
}
