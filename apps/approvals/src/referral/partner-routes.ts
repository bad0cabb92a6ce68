import { Get, Injectable, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import type { ReferralKind } from '#contracts';
import { pageOf, PageQuery, PartnershipOf, type PartnershipOfPartner } from '#http';
import { parseId } from '#kernel';
import { OwnReferralsQuery } from './change.dto.js';
import { ReferralHistoryPage, showStep } from './history.dto.js';
import { ReadReferralForm } from './read-referral-form.js';
import { ReadHistory } from './read-history.js';
import { ReadOwnReferrals } from './read-own-referrals.js';
import { OwnReferralDto, OwnReferralPage, showOwnReferral } from './referral.dto.js';
import { SubmitOwnReferral } from './submit-own-referral.js';

/** On each method: a decorator of the class that inherits them documents only that class's own. */
const PROGRAM_ID = { name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' };

/** What a partner's routes for leads and those for deals have in common: reading. */
export function partnerRoutes(kind: ReferralKind) {
  const keyOf = (id: string) => ({ kind, referralId: parseId('Referral', id, 'id') });

  @Injectable()
  abstract class PartnerRoutes {
    constructor(
      protected readonly submitOwnReferral: SubmitOwnReferral,
      protected readonly readReferralForm: ReadReferralForm,
      private readonly readOwnReferrals: ReadOwnReferrals,
      private readonly readHistory: ReadHistory,
    ) {}

    @Get(`${kind}s`)
    @ApiOperation({ summary: `List your ${kind}s in a program, newest first` })
    @ApiParam(PROGRAM_ID)
    @ApiOkResponse({ type: OwnReferralPage })
    async list(
      @PartnershipOf() partnership: PartnershipOfPartner,
      @Query() query: OwnReferralsQuery,
    ): Promise<OwnReferralPage> {
      const views = await this.readOwnReferrals.list(partnership, kind, query.state ?? null, query);
      return pageOf(views, query.limit, (view) => view.referralId, showOwnReferral);
    }

    @Get(`${kind}s/:id`)
    @ApiOperation({ summary: `Read one of your ${kind}s` })
    @ApiParam(PROGRAM_ID)
    @ApiOkResponse({ type: OwnReferralDto })
    async read(
      @PartnershipOf() partnership: PartnershipOfPartner,
      @Param('id') id: string,
    ): Promise<OwnReferralDto> {
      return showOwnReferral(await this.readOwnReferrals.one(partnership, keyOf(id)));
    }

    @Get(`${kind}s/:id/history`)
    @ApiOperation({ summary: `List all that happened to one of your ${kind}s, oldest first` })
    @ApiParam(PROGRAM_ID)
    @ApiOkResponse({ type: ReferralHistoryPage })
    async history(
      @PartnershipOf() { companyId, scope }: PartnershipOfPartner,
      @Param('id') id: string,
      @Query() query: PageQuery,
    ): Promise<ReferralHistoryPage> {
      const steps = await this.readHistory.execute(companyId, scope, keyOf(id), query);
      return pageOf(steps, query.limit, ({ stepNo }) => String(stepNo), showStep);
    }
  }
  return PartnerRoutes;
}
