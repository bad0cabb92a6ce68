import { Controller, Get, Header, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '#config';
import { PublicAccess } from '#http';
import { Unauthenticated } from '#kernel';
import { BeginOidcSignIn } from './begin-oidc-sign-in.js';
import { FinishOidcSignIn } from './finish-oidc-sign-in.js';
import { OidcFlowCookie } from './oidc-flow.js';
import { OidcQuery } from './oidc.dto.js';

/** Signing in by OpenID Connect ends where a mailed link leads: at `/sign-in` with a one-time token. */
@ApiExcludeController()
@PublicAccess()
@Controller('sign-in/oidc')
export class OidcController {
  constructor(
    private readonly beginSignIn: BeginOidcSignIn,
    private readonly finishSignIn: FinishOidcSignIn,
    private readonly cookie: OidcFlowCookie,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async begin(@Query() query: OidcQuery, @Res() reply: FastifyReply): Promise<void> {
    const { url, flow } = await this.beginSignIn.execute({
      partnerName: query.partnerName ?? null,
      invitation: query.invitation ?? null,
    });
    await reply.header('set-cookie', this.cookie.keep(flow)).redirect(url, 302);
  }

  @Get('callback')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const flow = this.cookie.read(request.headers.cookie);
    if (!flow) {
      throw new Unauthenticated('This sign-in was not started in this browser, or is too old. Start again.');
    }
    const token = await this.finishSignIn.execute(request.url.split('?')[1] ?? '', flow);
    const page = new URL('/sign-in', this.config.publicUrl);
    page.searchParams.set('token', token);
    await reply.header('set-cookie', this.cookie.forget()).redirect(page.href, 303);
  }
}
