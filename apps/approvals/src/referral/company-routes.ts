import { Body, HttpCode, Injectable, Param, Patch, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { ReferralKind } from '#contracts';
import { Company, CompanyAccess, type CompanyPrincipal, Idempotent, type IdempotentRequest } from '#http';
import { parseId } from '#kernel';
import {
  ApproveReferralBody,
  ChangeReferralBody,
  CloseLostBody,
  CloseWonBody,
  MoveReferralBody,
  ReferralReasonBody,
} from './change.dto.js';
import { ChangeWorth } from './change-worth.js';
import { CloseReferral } from './close-referral.js';
import { companyReadings } from './company-readings.js';
import { MoveReferral } from './move-referral.js';
import { ReadHistory } from './read-history.js';
import { ReadReferrals } from './read-referrals.js';
import { ReferralDto, showReferral } from './referral.dto.js';
import { ReopenReferral } from './reopen-referral.js';
import { ReviewReferral } from './review-referral.js';
import { worthOf } from './submission.dto.js';
import { SubmitReferral } from './submit-referral.js';

/** What a company's routes for leads and those for deals have in common: all but how one is submitted. */
export function companyRoutes(kind: ReferralKind) {
  const keyOf = (id: string) => ({ kind, referralId: parseId('Referral', id, 'id') });

  @Injectable()
  abstract class CompanyRoutes extends companyReadings(kind) {
    constructor(
      readReferrals: ReadReferrals,
      readHistory: ReadHistory,
      protected readonly submitReferral: SubmitReferral,
      private readonly reviewReferral: ReviewReferral,
      private readonly changeWorth: ChangeWorth,
      private readonly moveReferral: MoveReferral,
      private readonly closeReferral: CloseReferral,
      private readonly reopenReferral: ReopenReferral,
    ) {
      super(readReferrals, readHistory);
    }

    @Patch(':id')
    @ApiOperation({ summary: `Correct what a ${kind} that is not closed is worth, or when it may close` })
    @CompanyAccess('referrals:write')
    @ApiOkResponse({ type: ReferralDto })
    async change(
      @Company() company: CompanyPrincipal,
      @Param('id') id: string,
      @Body() { worth, expectedCloseOn }: ChangeReferralBody,
    ): Promise<ReferralDto> {
      const expectation = {
        ...(worth ? { worth: worthOf(worth) } : {}),
        ...(expectedCloseOn === undefined ? {} : { expectedCloseOn }),
      };
      return showReferral(await this.changeWorth.execute(company, keyOf(id), expectation));
    }

    @Post(':id/approve')
    @ApiOperation({ summary: `Approve a ${kind}: it is open from then on` })
    @HttpCode(200)
    @CompanyAccess('referrals:write')
    @ApiOkResponse({ type: ReferralDto })
    async approve(
      @Company() company: CompanyPrincipal,
      @Param('id') id: string,
      @Body() body: ApproveReferralBody,
      @Idempotent() request: IdempotentRequest,
    ): Promise<ReferralDto> {
      const verdict = { outcome: 'approved', reason: body.reason ?? null } as const;
      return showReferral(await this.reviewReferral.execute(company, keyOf(id), verdict, request));
    }

    @Post(':id/decline')
    @ApiOperation({ summary: `Decline a ${kind} with a reason` })
    @HttpCode(200)
    @CompanyAccess('referrals:write')
    @ApiOkResponse({ type: ReferralDto })
    async decline(
      @Company() company: CompanyPrincipal,
      @Param('id') id: string,
      @Body() { reason }: ReferralReasonBody,
      @Idempotent() request: IdempotentRequest,
    ): Promise<ReferralDto> {
      const verdict = { outcome: 'declined', reason } as const;
      return showReferral(await this.reviewReferral.execute(company, keyOf(id), verdict, request));
    }

    @Post(':id/move')
    @ApiOperation({ summary: `Move an open ${kind} to another stage` })
    @HttpCode(200)
    @CompanyAccess('referrals:write')
    @ApiOkResponse({ type: ReferralDto })
    async move(
      @Company() company: CompanyPrincipal,
      @Param('id') id: string,
      @Body() { stage, note }: MoveReferralBody,
      @Idempotent() request: IdempotentRequest,
    ): Promise<ReferralDto> {
      const move = { stage, note: note ?? null };
      return showReferral(await this.moveReferral.execute(company, keyOf(id), move, request));
    }

    @Post(':id/close-won')
    @ApiOperation({ summary: `Close an open ${kind} as won: it became a customer` })
    @HttpCode(200)
    @CompanyAccess('referrals:write')
    @ApiOkResponse({ type: ReferralDto })
    async closeWon(
      @Company() company: CompanyPrincipal,
      @Param('id') id: string,
      @Body() { customerKey, worth, closedAt }: CloseWonBody,
      @Idempotent() request: IdempotentRequest,
    ): Promise<ReferralDto> {
      const closing = {
        outcome: 'won',
        customerKey,
        worth: worth ? worthOf(worth) : null,
        at: timeOf(closedAt),
      } as const;
      return showReferral(await this.closeReferral.execute(company, keyOf(id), closing, request));
    }

    @Post(':id/close-lost')
    @ApiOperation({ summary: `Close an open ${kind} as lost, with a reason` })
    @HttpCode(200)
    @CompanyAccess('referrals:write')
    @ApiOkResponse({ type: ReferralDto })
    async closeLost(
      @Company() company: CompanyPrincipal,
      @Param('id') id: string,
      @Body() { reason, closedAt }: CloseLostBody,
      @Idempotent() request: IdempotentRequest,
    ): Promise<ReferralDto> {
      const closing = { outcome: 'lost', reason, at: timeOf(closedAt) } as const;
      return showReferral(await this.closeReferral.execute(company, keyOf(id), closing, request));
    }

    @Post(':id/reopen')
    @ApiOperation({ summary: `Take the closing of a ${kind} back, to go on or to close it anew` })
    @HttpCode(200)
    @CompanyAccess('referrals:write')
    @ApiOkResponse({ type: ReferralDto })
    async reopen(
      @Company() company: CompanyPrincipal,
      @Param('id') id: string,
      @Body() { reason }: ReferralReasonBody,
      @Idempotent() request: IdempotentRequest,
    ): Promise<ReferralDto> {
      return showReferral(await this.reopenReferral.execute(company, keyOf(id), reason, request));
    }
  }
  return CompanyRoutes;
}

const timeOf = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));
