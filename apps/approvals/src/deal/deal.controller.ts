import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { Company, CompanyAccess, type CompanyPrincipal, Idempotent, type IdempotentRequest } from '#http';
import { parseId } from '#kernel';
import { companyRoutes } from '../referral/company-routes.js';
import { ReferralDto, showReferral } from '../referral/referral.dto.js';
import { dealDraft, RegisterDealBody } from '../referral/submission.dto.js';

export class EnterDealBody extends RegisterDealBody {
  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q', description: 'Who brought it' })
  @IsString()
  partnershipId!: string;
}

@ApiTags('Deals')
@Controller('v1/deals')
export class DealController extends companyRoutes('deal') {
  @Post()
  @ApiOperation({ summary: 'Enter a deal that a partner brought; it is open at once' })
  @CompanyAccess('referrals:write')
  @ApiCreatedResponse({ type: ReferralDto })
  async submit(
    @Company() company: CompanyPrincipal,
    @Body() body: EnterDealBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ReferralDto> {
    const partnershipId = parseId('Partnership', body.partnershipId, 'partnershipId');
    return showReferral(await this.submitReferral.execute(company, partnershipId, dealDraft(body), request));
  }
}
