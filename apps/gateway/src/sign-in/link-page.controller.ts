import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppConfig, SecretBox } from '#config';
import { PublicAccess, readSignInToken, readTeamInvitationToken } from '#http';
import { invitationAtIssuerPage, oneTimeLinkPage } from './one-time-link-page.js';

const JOIN = 'Join a team on Fairlead';

/**
 * Where the links of sign-in and invitation mails lead. Opening one changes nothing, because mail scanners
 * open links too: the person's app, or the person, exchanges the token by a POST.
 */
@ApiExcludeController()
@Controller()
@PublicAccess()
export class LinkPageController {
  constructor(
    private readonly config: AppConfig,
    private readonly secretBox: SecretBox,
  ) {}

  @Get('sign-in')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  signIn(@Query('token') token: unknown): string {
    const isOurs = typeof token === 'string' && readSignInToken(this.secretBox, token) !== null;
    return oneTimeLinkPage({
      title: 'Sign in to Fairlead',
      url: new URL('/v1/sessions', this.config.publicUrl).href,
      validFor: '15 minutes',
      body: isOurs ? { token } : null,
    });
  }

  @Get('join')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  join(@Query('token') token: unknown): string {
    const isOurs = typeof token === 'string' && readTeamInvitationToken(this.secretBox, token) !== null;
    if (isOurs && this.config.signInLinks === 'off') {
      const issuer = new URL('/sign-in/oidc', this.config.publicUrl);
      issuer.searchParams.set('invitation', token);
      return invitationAtIssuerPage(JOIN, issuer);
    }
    return oneTimeLinkPage({
      title: JOIN,
      url: new URL('/v1/team-invitations/accept', this.config.publicUrl).href,
      validFor: '7 days',
      body: isOurs ? { token, name: 'Your name' } : null,
    });
  }
}
