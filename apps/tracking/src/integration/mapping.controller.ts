import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { companyScope, Database } from '#database';
import {
  actorOf,
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Operator,
  OperatorAccess,
  type OperatorPrincipal,
} from '#http';
import { type Id, NotFound, parseId } from '#kernel';
import { ChangeMapping, currentMapping, type MappingVersion } from './change-mapping.js';
import { getIntegration } from './integrations.js';
import { MappingBody, MappingDto } from './mapping.dto.js';
import { parseMapping } from './parse-mapping.js';

const SUMMARY = 'Change how a native body is read; also for what is replayed from now on';

@ApiTags('integrations')
@Controller('v1/integrations/:id/mapping')
export class MappingController {
  constructor(
    private readonly database: Database,
    private readonly changeMapping: ChangeMapping,
  ) {}

  @Get()
  @CompanyAccess('integrations:read')
  @ApiOkResponse({ type: MappingDto })
  get(@Company() { companyId }: CompanyPrincipal, @Param('id') id: string): Promise<MappingDto> {
    return read(this.database, companyId, parseId('Integration', id));
  }

  @Put()
  @CompanyAccess('integrations:write')
  @ApiOperation({ summary: SUMMARY })
  @ApiOkResponse({ type: MappingDto })
  async put(
    @Company() company: CompanyPrincipal,
    @Param('id') id: string,
    @Body() { types = {}, fields = {} }: MappingBody,
  ): Promise<MappingDto> {
    const mapping = parseMapping(types, fields);
    const integrationId = parseId('Integration', id);
    return show(
      await this.changeMapping.execute(company.companyId, integrationId, mapping, actorOf(company)),
    );
  }
}

/** The same for the ops team, who mend a body that a company's change has broken. */
@ApiTags('ops')
@Controller('v1/ops/integrations/:id/mapping')
export class OpsMappingController {
  constructor(
    private readonly database: Database,
    private readonly changeMapping: ChangeMapping,
  ) {}

  @Get()
  @OperatorAccess('viewer')
  @ApiOkResponse({ type: MappingDto })
  async get(@Param('id') id: string): Promise<MappingDto> {
    const integrationId = parseId('Integration', id);
    return read(this.database, await companyOf(this.database, integrationId), integrationId);
  }

  @Put()
  @OperatorAccess('operator')
  @ApiOperation({ summary: SUMMARY })
  @ApiOkResponse({ type: MappingDto })
  async put(
    @Operator() operator: OperatorPrincipal,
    @Param('id') id: string,
    @Body() { types = {}, fields = {} }: MappingBody,
  ): Promise<MappingDto> {
    const mapping = parseMapping(types, fields);
    const integrationId = parseId('Integration', id);
    const companyId = await companyOf(this.database, integrationId);
    return show(await this.changeMapping.execute(companyId, integrationId, mapping, actorOf(operator)));
  }
}

/** An operator names the integration only; the role that passes tenants knows whose it is. */
async function companyOf(database: Database, integrationId: Id<'Integration'>): Promise<Id<'Company'>> {
  const [row] = await database
    .as('bus')
    .transaction({ companies: [] }, (tx) =>
      tx.query<{ company_id: Id<'Company'> }>(
        'select company_id from tracking.integration where integration_id = $1',
        [integrationId],
      ),
    );
  if (!row) throw new NotFound('integration');
  return row.company_id;
}

async function read(database: Database, companyId: Id<'Company'>, integrationId: Id<'Integration'>) {
  return database.transaction(companyScope(companyId), async (tx) => {
    await getIntegration(tx, companyId, integrationId);
    return show(await currentMapping(tx, companyId, integrationId));
  });
}

const show = ({ version, mapping, createdAt }: MappingVersion): MappingDto => ({
  version,
  types: { ...mapping.types },
  fields: { ...mapping.fields },
  createdAt: createdAt?.toISOString() ?? null,
});
