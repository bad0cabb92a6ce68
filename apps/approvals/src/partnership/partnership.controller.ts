import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  pageOf,
} from '#http';
import { parseId } from '#kernel';
import { MovePartnerBody } from '../group/group.dto.js';
import { MovePartner } from '../group/move-partner.js';
import { ChangePartnership } from './change-partnership.js';
import { PartnershipHistoryDto, showHistory } from './partnership-history.dto.js';
import {
  ChangePartnershipBody,
  PartnershipDto,
  PartnershipPage,
  PartnershipsQuery,
  RemovePartnerBody,
  showPartnership,
} from './partnership.dto.js';
import { ReadPartnership } from './read-partnership.js';
import { ReadPartnerships } from './read-partnerships.js';
import { RemovePartner } from './remove-partner.js';

@ApiTags('Partnerships')
@Controller('v1/partnerships')
export class PartnershipController {
  constructor(
    private readonly readPartnerships: ReadPartnerships,
    private readonly readPartnership: ReadPartnership,
    private readonly changePartnership: ChangePartnership,
    private readonly movePartner: MovePartner,
    private readonly removePartner: RemovePartner,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List partnerships, newest first' })
  @CompanyAccess('partners:read')
  @ApiOkResponse({ type: PartnershipPage })
  async list(
    @Company() company: CompanyPrincipal,
    @Query() query: PartnershipsQuery,
  ): Promise<PartnershipPage> {
    const filter = {
      programId: query.programId === undefined ? null : parseId('Program', query.programId, 'programId'),
      groupId: query.groupId === undefined ? null : parseId('Group', query.groupId, 'groupId'),
      state: query.state ?? null,
    };
    const views = await this.readPartnerships.execute(company.companyId, filter, query);
    return pageOf(views, query.limit, (view) => view.partnershipId, showPartnership);
  }

  @Get(':partnershipId')
  @ApiOperation({ summary: 'Read a partnership with its periods, groups and accepted terms' })
  @CompanyAccess('partners:read')
  @ApiOkResponse({ type: PartnershipHistoryDto })
  async read(
    @Company() { companyId }: CompanyPrincipal,
    @Param('partnershipId') id: string,
  ): Promise<PartnershipHistoryDto> {
    const partnershipId = parseId('Partnership', id, 'partnershipId');
    return showHistory(await this.readPartnership.execute(companyId, partnershipId));
  }

  @Patch(':partnershipId')
  @ApiOperation({ summary: "Change a partnership's own settings" })
  @CompanyAccess('partners:write')
  @ApiOkResponse({ type: PartnershipDto })
  async change(
    @Company() company: CompanyPrincipal,
    @Param('partnershipId') id: string,
    @Body() body: ChangePartnershipBody,
  ): Promise<PartnershipDto> {
    const partnershipId = parseId('Partnership', id, 'partnershipId');
    const change = {
      ...(body.linksEnabled === undefined ? {} : { linksOverride: body.linksEnabled }),
      ...(body.mayApplyAgain === undefined ? {} : { mayApplyAgain: body.mayApplyAgain }),
    };
    return showPartnership(await this.changePartnership.execute(company.companyId, partnershipId, change));
  }

  @Post(':partnershipId/move')
  @ApiOperation({ summary: 'Move a partner into another group, now or from a later time on' })
  @HttpCode(200)
  @CompanyAccess('partners:write')
  @ApiOkResponse({ type: PartnershipDto })
  async move(
    @Company() company: CompanyPrincipal,
    @Param('partnershipId') id: string,
    @Body() body: MovePartnerBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<PartnershipDto> {
    const move = {
      groupId: parseId('Group', body.groupId, 'groupId'),
      from: body.effectiveFrom === undefined ? null : new Date(body.effectiveFrom),
    };
    const partnershipId = parseId('Partnership', id, 'partnershipId');
    return showPartnership(await this.movePartner.execute(company, partnershipId, move, request));
  }

  @Post(':partnershipId/remove')
  @ApiOperation({ summary: 'End a partnership with a reason' })
  @HttpCode(200)
  @CompanyAccess('partners:write')
  @ApiOkResponse({ type: PartnershipDto })
  async remove(
    @Company() company: CompanyPrincipal,
    @Param('partnershipId') id: string,
    @Body() body: RemovePartnerBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<PartnershipDto> {
    const partnershipId = parseId('Partnership', id, 'partnershipId');
    const removal = { reason: body.reason, mayApplyAgain: body.mayApplyAgain ?? true };
    return showPartnership(
      await this.removePartner.execute(company.companyId, partnershipId, removal, request),
    );
  }
}
