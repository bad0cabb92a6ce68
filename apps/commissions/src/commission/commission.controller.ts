import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, pageOf } from '#http';
import { parseId } from '#kernel';
import { CommissionPage, CommissionsQuery, ReviewQueueQuery, showCommission } from './commission.dto.js';
import { CommissionDetailDto, showCommissionDetail } from './commission-trail.dto.js';
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
    const filter = { ...filterOf(company, query), state: query.state ?? null };
    const commissions = await this.readCommissions.ofCompany(filter, query);
    return pageOf(commissions, query.limit, ({ commissionId }) => commissionId, showCommission);
  }

  @Get('review-queue')
  @ApiOperation({ summary: 'List commissions that wait for your approval, oldest first' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: CommissionPage })
  async reviewQueue(
    @Company() company: CompanyPrincipal,
    @Query() query: ReviewQueueQuery,
  ): Promise<CommissionPage> {
    const commissions = await this.readCommissions.inReview(filterOf(company, query), query);
    return pageOf(commissions, query.limit, ({ commissionId }) => commissionId, showCommission);
  }

  @Get(':commissionId')
  @ApiOperation({ summary: 'Read a commission with its evaluations, rulings and postings' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: CommissionDetailDto })
  async read(
    @Company() company: CompanyPrincipal,
    @Param('commissionId') id: string,
  ): Promise<CommissionDetailDto> {
    const commissionId = parseId('Commission', id, 'commissionId');
    const { commission, trail } = await this.readCommissions.oneOfCompany(company.companyId, commissionId);
    return showCommissionDetail(commission, trail);
  }
}

function filterOf({ companyId }: CompanyPrincipal, { programId, partnershipId }: ReviewQueueQuery) {
  return {
    companyId,
    programId: programId === undefined ? null : parseId('Program', programId, 'programId'),
    partnershipId:
      partnershipId === undefined ? null : parseId('Partnership', partnershipId, 'partnershipId'),
  };
}
