import { Get, Injectable, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { ReferralKind } from '#contracts';
import { companyScope } from '#database';
import { Company, CompanyAccess, type CompanyPrincipal, pageOf, PageQuery } from '#http';
import { parseId } from '#kernel';
import { ReferralsQuery } from './change.dto.js';
import { ReferralHistoryPage, showStep } from './history.dto.js';
import { ReadHistory } from './read-history.js';
import { ReadReferrals } from './read-referrals.js';
import { ReferralDto, ReferralPage, showReferral } from './referral.dto.js';

/** The routes by which a company reads its leads, or its deals. */
export function companyReadings(kind: ReferralKind) {
  const keyOf = (id: string) => ({ kind, referralId: parseId('Referral', id, 'id') });

  @Injectable()
  abstract class CompanyReadings {
    constructor(
      private readonly readReferrals: ReadReferrals,
      private readonly readHistory: ReadHistory,
    ) {}

    @Get()
    @ApiOperation({ summary: `List ${kind}s of all partners, newest first` })
    @CompanyAccess('referrals:read')
    @ApiOkResponse({ type: ReferralPage })
    async list(
      @Company() { companyId }: CompanyPrincipal,
      @Query() query: ReferralsQuery,
    ): Promise<ReferralPage> {
      const { programId, partnershipId, state, stage, contactEmail } = query;
      const filter = {
        programId: programId === undefined ? null : parseId('Program', programId, 'programId'),
        partnershipId:
          partnershipId === undefined ? null : parseId('Partnership', partnershipId, 'partnershipId'),
        state: state ?? null,
        stage: stage ?? null,
        contactEmail: contactEmail?.toLowerCase() ?? null,
      };
      const views = await this.readReferrals.list(companyId, kind, filter, query);
      return pageOf(views, query.limit, (view) => view.referralId, showReferral);
    }

    @Get(':id')
    @ApiOperation({ summary: `Read a ${kind}` })
    @CompanyAccess('referrals:read')
    @ApiOkResponse({ type: ReferralDto })
    async read(@Company() { companyId }: CompanyPrincipal, @Param('id') id: string): Promise<ReferralDto> {
      return showReferral(await this.readReferrals.one(companyId, keyOf(id)));
    }

    @Get(':id/history')
    @ApiOperation({ summary: `List all that happened to a ${kind}, oldest first` })
    @CompanyAccess('referrals:read')
    @ApiOkResponse({ type: ReferralHistoryPage })
    async history(
      @Company() { companyId }: CompanyPrincipal,
      @Param('id') id: string,
      @Query() query: PageQuery,
    ): Promise<ReferralHistoryPage> {
      const steps = await this.readHistory.execute(companyId, companyScope(companyId), keyOf(id), query);
      return pageOf(steps, query.limit, ({ stepNo }) => String(stepNo), showStep);
    }
  }
  return CompanyReadings;
}
