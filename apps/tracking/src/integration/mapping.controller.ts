import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  actorOf,
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Operator,
  OperatorAccess,
  type OperatorPrincipal,
} from '#http';
import { parseId } from '#kernel';
import { ChangeMapping, type MappingVersion } from './change-mapping.js';
import { MappingBody, MappingDto } from './mapping.dto.js';
import { parseMapping } from './parse-mapping.js';
import { ReadIntegrations } from './read-integrations.js';

const SUMMARY = 'Change how a native body is read; also for what is replayed from now on';

@ApiTags('Integrations')
@Controller('v1/integrations/:integrationId/mapping')
export class MappingController {
  constructor(
    private readonly readIntegrations: ReadIntegrations,
    private readonly changeMapping: ChangeMapping,
  ) {}

  @Get()
  @ApiOperation({ summary: "Read how an integration's fields are mapped" })
  @CompanyAccess('integrations:read')
  @ApiOkResponse({ type: MappingDto })
  async read(
    @Company() { companyId }: CompanyPrincipal,
    @Param('integrationId') id: string,
  ): Promise<MappingDto> {
    return show(await this.readIntegrations.mapping(companyId, parseId('Integration', id, 'integrationId')));
  }

  @Put()
  @CompanyAccess('integrations:write')
  @ApiOperation({ summary: SUMMARY })
  @ApiOkResponse({ type: MappingDto })
  async change(
    @Company() company: CompanyPrincipal,
    @Param('integrationId') id: string,
    @Body() { types = {}, fields = {} }: MappingBody,
  ): Promise<MappingDto> {
    const mapping = parseMapping(types, fields);
    const integrationId = parseId('Integration', id, 'integrationId');
    return show(
      await this.changeMapping.execute(company.companyId, integrationId, mapping, actorOf(company)),
    );
  }
}

/** The same for the ops team, who mend a body that a company's change has broken. */
@ApiTags('Operations')
@Controller('v1/ops/integrations/:integrationId/mapping')
export class OpsMappingController {
  constructor(
    private readonly readIntegrations: ReadIntegrations,
    private readonly changeMapping: ChangeMapping,
  ) {}

  @Get()
  @ApiOperation({ summary: "Read how a company's integration maps fields" })
  @OperatorAccess('viewer')
  @ApiOkResponse({ type: MappingDto })
  async read(@Param('integrationId') id: string): Promise<MappingDto> {
    const integrationId = parseId('Integration', id, 'integrationId');
    const companyId = await this.readIntegrations.companyOf(integrationId);
    return show(await this.readIntegrations.mapping(companyId, integrationId));
  }

  @Put()
  @OperatorAccess('operator')
  @ApiOperation({ summary: SUMMARY })
  @ApiOkResponse({ type: MappingDto })
  async change(
    @Operator() operator: OperatorPrincipal,
    @Param('integrationId') id: string,
    @Body() { types = {}, fields = {} }: MappingBody,
  ): Promise<MappingDto> {
    const mapping = parseMapping(types, fields);
    const integrationId = parseId('Integration', id, 'integrationId');
    const companyId = await this.readIntegrations.companyOf(integrationId);
    return show(await this.changeMapping.execute(companyId, integrationId, mapping, actorOf(operator)));
  }
}

const show = ({ version, mapping, createdAt }: MappingVersion): MappingDto => ({
  version,
  types: { ...mapping.types },
  fields: { ...mapping.fields },
  createdAt: createdAt?.toISOString() ?? null,
});
