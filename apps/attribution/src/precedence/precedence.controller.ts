import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal } from '#http';
import { ChangePrecedence } from './change-precedence.js';
import { AttributionSettingsDto, ChangePrecedenceBody, methodsOf, showSettings } from './precedence.dto.js';

@ApiTags('Attribution')
@Controller('v1/attribution-settings')
export class PrecedenceController {
  constructor(private readonly changePrecedence: ChangePrecedence) {}

  @Get()
  @ApiOperation({ summary: 'Read what goes before what when several partners could be credited' })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: AttributionSettingsDto })
  async read(@Company() company: CompanyPrincipal): Promise<AttributionSettingsDto> {
    return showSettings(await this.changePrecedence.read(company.companyId));
  }

  /** Holds for events from now on; nothing that is decided moves. */
  @Put()
  @ApiOperation({ summary: 'Set what goes before what' })
  @CompanyAccess('programs:write')
  @ApiOkResponse({ type: AttributionSettingsDto })
  async change(
    @Company() company: CompanyPrincipal,
    @Body() body: ChangePrecedenceBody,
  ): Promise<AttributionSettingsDto> {
    return showSettings(await this.changePrecedence.execute(company, methodsOf(body)));
  }
}
