import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, pageOf } from '#http';
import { parseId } from '#kernel';
import { CommissionPage, CommissionsQuery, showCommission } from './commission.dto.js';
import { ReadCommissions } from './read-commissions.js';

@ApiTags('Commissions')
@Controller('v1/commissions')
export class CommissionController {
  constructor(private readonly readCommissions: ReadCommissions) {}

  @Get()
  @ApiOperation({ summary: 'List commissions, newest first' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: CommissionPage })
  async list(
    @Company() company: CompanyPrincipal,
    @Query() query: CommissionsQuery,
  ): Promise<CommissionPage> {
    const { programId, partnershipId } = query;
    const filter = {
      companyId: company.companyId,
      programId: programId === undefined ? null : parseId('Program', programId, 'programId'),
      partnershipId:
        partnershipId === undefined ? null : parseId('Partnership', partnershipId, 'partnershipId'),
      state: query.state ?? null,
    };
    const commissions = await this.readCommissions.ofCompany(filter, query);
    return pageOf(commissions, query.limit, ({ commissionId }) => commissionId, showCommission);
  }
}
