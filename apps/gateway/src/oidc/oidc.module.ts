import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { BeginOidcSignIn } from './begin-oidc-sign-in.js';
import { FinishOidcSignIn } from './finish-oidc-sign-in.js';
import { OidcController } from './oidc.controller.js';
import { OidcFlowCookie } from './oidc-flow.js';
import { OidcIssuer } from './oidc-issuer.js';

/** Signing in by an OpenID Connect issuer. */
@Module({
  imports: [DatabaseModule.forService('access')],
  controllers: [OidcController],
  providers: [OidcIssuer, OidcFlowCookie, BeginOidcSignIn, FinishOidcSignIn],
})
export class OidcModule {}
