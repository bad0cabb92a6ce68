import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Idempotent, type IdempotentRequest, PublicAccess } from '#http';
import { SignInLinkBody, SignInLinkSentDto, SignUpBody } from './partner.dto.js';
import { RequestSignInLink } from './request-sign-in-link.js';
import { inTheSameTime } from './same-time.js';
import { SignUpPartner } from './sign-up-partner.js';

const SENT: SignInLinkSentDto = {
  message: 'If that address can sign in, a link is on its way. It works once, for 15 minutes.',
};

@ApiTags('Partner: account')
@Controller('v1/partners')
export class PartnerController {
  constructor(
    private readonly signUpPartner: SignUpPartner,
    private readonly requestSignInLink: RequestSignInLink,
  ) {}

  @Post()
  @HttpCode(202)
  @PublicAccess()
  @ApiOperation({ summary: 'Open a partner account; a sign-in link is mailed' })
  @ApiAcceptedResponse({ type: SignInLinkSentDto })
  async signUp(
    @Body() body: SignUpBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<SignInLinkSentDto> {
    await inTheSameTime(this.signUpPartner.execute(body.name, body.email, request));
    return SENT;
  }

  @Post('sign-in-links')
  @HttpCode(202)
  @PublicAccess()
  @ApiOperation({ summary: 'Have a sign-in link mailed; the answer is the same for every address' })
  @ApiAcceptedResponse({ type: SignInLinkSentDto })
  async requestLink(
    @Body() body: SignInLinkBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<SignInLinkSentDto> {
    await inTheSameTime(this.requestSignInLink.execute(body.email, request));
    return SENT;
  }
}
