import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  pageOf,
} from '#http';
import { parseId } from '#kernel';
import { AssignCode } from './assign-code.js';
import {
  AssignCodeBody,
  CodeDto,
  CodePage,
  CodesQuery,
  CreateCodeBody,
  RetireCodeBody,
  showCode,
} from './code.dto.js';
import { CreateCode } from './create-code.js';
import { parseCode } from './parse-code.js';
import { ReadCodes } from './read-codes.js';
import { RetireCode } from './retire-code.js';

@ApiTags('Codes')
@Controller('v1/codes')
export class CodeController {
  constructor(
    private readonly createCode: CreateCode,
    private readonly assignCode: AssignCode,
    private readonly retireCode: RetireCode,
    private readonly readCodes: ReadCodes,
  ) {}

  @Post()
  @CompanyAccess('partners:write')
  @ApiOperation({ summary: 'Give a partner a discount code' })
  @ApiCreatedResponse({ type: CodeDto })
  async create(
    @Company() company: CompanyPrincipal,
    @Body() body: CreateCodeBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CodeDto> {
    const { platformIds = [] } = body;
    const draft = {
      code: parseCode(body.code),
      platformIds: platformIds.map((id, index) => parseCode(id, `platformIds.${index}`)),
      partnershipId: parseId('Partnership', body.partnershipId, 'partnershipId'),
      from: timeOf(body.from),
    };
    return showCode(await this.createCode.execute(company, draft, request));
  }

  @Get()
  @CompanyAccess('partners:read')
  @ApiOperation({ summary: 'List discount codes, newest first' })
  @ApiOkResponse({ type: CodePage })
  async list(@Company() { companyId }: CompanyPrincipal, @Query() query: CodesQuery): Promise<CodePage> {
    const filter = {
      partnershipId:
        query.partnershipId === undefined
          ? null
          : parseId('Partnership', query.partnershipId, 'partnershipId'),
      code: query.code ?? null,
    };
    const codes = await this.readCodes.list(companyId, filter, query);
    return pageOf(codes, query.limit, ({ codeId }) => codeId, showCode);
  }

  @Get(':codeId')
  @CompanyAccess('partners:read')
  @ApiOperation({ summary: 'Read a discount code and whose it was when' })
  @ApiOkResponse({ type: CodeDto })
  async read(@Company() { companyId }: CompanyPrincipal, @Param('codeId') id: string): Promise<CodeDto> {
    return showCode(await this.readCodes.one(companyId, parseId('Code', id, 'codeId')));
  }

  @Post(':codeId/assign')
  @HttpCode(200)
  @CompanyAccess('partners:write')
  @ApiOperation({ summary: 'Give a discount code to another partner, or a retired one to anybody' })
  @ApiOkResponse({ type: CodeDto })
  async assign(
    @Company() company: CompanyPrincipal,
    @Param('codeId') id: string,
    @Body() body: AssignCodeBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CodeDto> {
    const assignment = {
      partnershipId: parseId('Partnership', body.partnershipId, 'partnershipId'),
      from: timeOf(body.from),
    };
    const codeId = parseId('Code', id, 'codeId');
    return showCode(await this.assignCode.execute(company, codeId, assignment, request));
  }

  @Post(':codeId/retire')
  @HttpCode(200)
  @CompanyAccess('partners:write')
  @ApiOperation({ summary: 'Retire a discount code: later orders credit nobody by it' })
  @ApiOkResponse({ type: CodeDto })
  async retire(
    @Company() company: CompanyPrincipal,
    @Param('codeId') id: string,
    @Body() body: RetireCodeBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CodeDto> {
    const codeId = parseId('Code', id, 'codeId');
    return showCode(await this.retireCode.execute(company, codeId, timeOf(body.from), request));
  }
}

const timeOf = (text: string | undefined) => (text === undefined ? null : new Date(text));
