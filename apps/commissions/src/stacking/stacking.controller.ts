import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, Idempotent, type IdempotentRequest } from '#http';
import { Clock, parseId } from '#kernel';
import { ReadStacking } from './read-stacking.js';
import { SetStacking } from './set-stacking.js';
import { SetStackingBody, showStacking, StackingDto } from './stacking.dto.js';

@ApiTags('Offers')
@Controller('v1/programs/:programId/stacking')
export class StackingController {
  constructor(
    private readonly setStacking: SetStacking,
    private readonly readStacking: ReadStacking,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Let all offers of a program pay for one order or only the best, from a time on' })
  @CompanyAccess('programs:write')
  @ApiCreatedResponse({ type: StackingDto })
  async set(
    @Company() company: CompanyPrincipal,
    @Param('programId') id: string,
    @Body() body: SetStackingBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<StackingDto> {
    const effectiveFrom = body.effectiveFrom === undefined ? null : new Date(body.effectiveFrom);
    const programId = parseId('Program', id, 'programId');
    const draft = { policy: body.policy, effectiveFrom };
    return showStacking(await this.setStacking.execute(company, programId, draft, request), this.clock.now());
  }

  @Get()
  @ApiOperation({ summary: 'Read how the offers of a program add up' })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: StackingDto })
  async read(@Company() company: CompanyPrincipal, @Param('programId') id: string): Promise<StackingDto> {
    const programId = parseId('Program', id, 'programId');
    return showStacking(await this.readStacking.execute(company.companyId, programId), this.clock.now());
  }
}
