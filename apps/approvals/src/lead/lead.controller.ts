import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { Company, CompanyAccess, type CompanyPrincipal, Idempotent, type IdempotentRequest } from '#http';
import { parseId } from '#kernel';
import { companyRoutes } from '../referral/company-routes.js';
import { ReferralDto, showReferral } from '../referral/referral.dto.js';
import { leadDraft, SubmitLeadBody } from '../referral/submission.dto.js';

export class EnterLeadBody extends SubmitLeadBody {
  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q', description: 'Who brought it' })
  @IsString()
  partnershipId!: string;
}

@ApiTags('Leads')
@Controller('v1/leads')
export class LeadController extends companyRoutes('lead') {
  @Post()
  @ApiOperation({ summary: 'Enter a lead that a partner brought; it is open at once' })
  @CompanyAccess('referrals:write')
  @ApiCreatedResponse({ type: ReferralDto })
  async submit(
    @Company() company: CompanyPrincipal,
    @Body() body: EnterLeadBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ReferralDto> {
    const partnershipId = parseId('Partnership', body.partnershipId, 'partnershipId');
    return showReferral(await this.submitReferral.execute(company, partnershipId, leadDraft(body), request));
  }
}
