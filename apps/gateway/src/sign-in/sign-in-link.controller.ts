import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Idempotent, type IdempotentRequest, PublicAccess } from '#http';
import { RequestSignInLink } from './request-sign-in-link.js';
import { inTheSameTime } from './same-time.js';
import { SignInLinkBody, SignInLinkSentDto, SignUpBody } from './sign-in-link.dto.js';

const SENT: SignInLinkSentDto = {
  message: 'If that address can sign in, a link is on its way. It works once, for 15 minutes.',
};

/** Said of known and unknown addresses alike; only the mail says which it is. */
const SIGN_UP_SENT: SignInLinkSentDto = {
  message: 'If the address is right, a link is on its way. It works once, for 15 minutes.',
};

@ApiTags('Sign-in')
@PublicAccess()
@Controller('v1')
export class SignInLinkController {
  constructor(private readonly requestSignInLink: RequestSignInLink) {}

  @Post('partners')
  @HttpCode(202)
  @ApiOperation({
    summary:
      'Sign up as a partner: a link is mailed, and using it opens the account; the answer is the same for every address',
  })
  @ApiAcceptedResponse({ type: SignInLinkSentDto })
  async signUp(
    @Body() body: SignUpBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<SignInLinkSentDto> {
    await inTheSameTime(this.requestSignInLink.execute(body.email, body.name, request));
    return SIGN_UP_SENT;
  }

  @Post('sign-in-links')
  @HttpCode(202)
  @ApiOperation({ summary: 'Have a sign-in link mailed; the answer is the same for every address' })
  @ApiAcceptedResponse({ type: SignInLinkSentDto })
  async requestLink(
    @Body() body: SignInLinkBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<SignInLinkSentDto> {
    await inTheSameTime(this.requestSignInLink.execute(body.email, null, request));
    return SENT;
  }
}
