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
import { leadDraft, SubmitLeadBody } from '../referral/submission.dto.js';

@ApiTags('Partner: leads')
@PartnerAccess()
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@Controller('v1/partner/programs/:programId')
export class PartnerLeadController extends partnerRoutes('lead') {
  @Get('lead-form')
  @ApiOperation({ summary: 'Read what to fill in for a lead, and the stages it goes through' })
  @ApiOkResponse({ type: ReferralFormDto })
  async form(@PartnershipOf() partnership: PartnershipOfPartner): Promise<ReferralFormDto> {
    return showForm(await this.readReferralForm.execute(partnership, 'lead'));
  }

  @Post('leads')
  @ApiOperation({ summary: 'Submit a lead: a person whom the company should talk to' })
  @ApiCreatedResponse({ type: OwnReferralDto })
  async submit(
    @Partner() partner: PartnerPrincipal,
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Body() body: SubmitLeadBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<OwnReferralDto> {
    return showOwnReferral(
      await this.submitOwnReferral.execute(partner, partnership, leadDraft(body), request),
    );
  }
}
