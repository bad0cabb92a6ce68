import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { BeginOidcSignIn } from './begin-oidc-sign-in.js';
import { FinishOidcSignIn } from './finish-oidc-sign-in.js';
import { IdentityController } from './identity.controller.js';
import { OidcController } from './oidc.controller.js';
import { OidcFlowCookie } from './oidc-flow.js';
import { OidcIssuer } from './oidc-issuer.js';
import { ReadIssuerAnswer } from './read-issuer-answer.js';
import { UnbindIdentity } from './unbind-identity.js';

/** Signing in by an OpenID Connect issuer. */
@Module({
  imports: [DatabaseModule.forService('access')],
  controllers: [OidcController, IdentityController],
  providers: [
    OidcIssuer,
    OidcFlowCookie,
    BeginOidcSignIn,
    ReadIssuerAnswer,
    FinishOidcSignIn,
    UnbindIdentity,
  ],
})
export class OidcModule {}
