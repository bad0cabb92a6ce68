import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { CredentialAuthenticator } from './credential-authenticator.js';
import { CredentialCache } from './credential-cache.js';
import { FindApiKey } from './find-api-key.js';
import { FindCredential } from './find-credential.js';
import { FindOperator } from './find-operator.js';
import { FindSession } from './find-session.js';

/**
 * Knows callers by their credentials, in the process where the credentials arrive. Global, so that the
 * process can say `{ provide: Authenticator, useExisting: CredentialAuthenticator }`.
 */
@Global()
@Module({
  imports: [DatabaseModule.forService('access')],
  providers: [
    CredentialCache,
    FindApiKey,
    FindOperator,
    FindSession,
    FindCredential,
    CredentialAuthenticator,
  ],
  exports: [CredentialCache, CredentialAuthenticator],
})
export class AuthenticationModule {}
