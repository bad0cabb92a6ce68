import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  Idempotent,
  type IdempotentRequest,
  Partner,
  PartnerAccess,
  type PartnerPrincipal,
  PartnershipOf,
  type PartnershipOfPartner,
} from '#http';
import { ReferralFormDto, showForm } from '../pipeline/pipeline.dto.js';
import { partnerRoutes } from '../referral/partner-routes.js';
import { OwnReferralDto, showOwnReferral } from '../referral/referral.dto.js';
import { dealDraft, RegisterDealBody } from '../referral/submission.dto.js';

@ApiTags('Partner: deals')
@PartnerAccess()
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@Controller('v1/partner/programs/:programId')
export class PartnerDealController extends partnerRoutes('deal') {
  @Get('deal-form')
  @ApiOperation({ summary: 'Read what to fill in for a deal, and the stages it goes through' })
  @ApiOkResponse({ type: ReferralFormDto })
  async form(@PartnershipOf() partnership: PartnershipOfPartner): Promise<ReferralFormDto> {
    return showForm(await this.readReferralForm.execute(partnership, 'deal'));
  }

  @Post('deals')
  @ApiOperation({ summary: 'Register a deal: a sale to an account, kept from other partners for a time' })
  @ApiCreatedResponse({ type: OwnReferralDto })
  async submit(
    @Partner() partner: PartnerPrincipal,
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Body() body: RegisterDealBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<OwnReferralDto> {
    return showOwnReferral(
      await this.submitOwnReferral.execute(partner, partnership, dealDraft(body), request),
    );
  }
}
