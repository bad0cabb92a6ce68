import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { ApiKeyController } from './api-key/api-key.controller.js';
import { CreateApiKey } from './api-key/create-api-key.js';
import { ListApiKeys } from './api-key/list-api-keys.js';
import { RevokeApiKey } from './api-key/revoke-api-key.js';
import { AuthenticationModule } from './authentication/authentication.module.js';
import { CompanyController } from './company/company.controller.js';
import { CreateCompany } from './company/create-company.js';
import { OwnCompanyController } from './company/own-company.controller.js';
import { ReadCompanies } from './company/read-companies.js';
import { ChangeCompany } from './company/change-company.js';
import { AddOperator } from './operator/add-operator.js';
import { EnsureOperatorToken } from './operator/ensure-operator-token.js';
import { ListOperators } from './operator/list-operators.js';
import { OperatorController } from './operator/operator.controller.js';
import { RevokeOperator } from './operator/revoke-operator.js';
import { OwnPartnerController } from './partner/own-partner.controller.js';
import { PartnerController } from './partner/partner.controller.js';
import { ReadPartner } from './partner/read-partner.js';
import { RequestSignInLink } from './partner/request-sign-in-link.js';
import { SendSignInLink } from './partner/send-sign-in-link.js';
import { SignUpPartner } from './partner/sign-up-partner.js';
import { ChangePartner } from './partner/change-partner.js';
import { EndSessions } from './session/end-sessions.js';
import { RefreshSession } from './session/refresh-session.js';
import { SessionController } from './session/session.controller.js';
import { SignInPageController } from './session/sign-in-page.controller.js';
import { StartSession } from './session/start-session.js';

/** Who may call: companies and their keys, operators, partners and their sessions. */
@Module({
  imports: [DatabaseModule.forService('access'), AuthenticationModule],
  controllers: [
    CompanyController,
    OwnCompanyController,
    ApiKeyController,
    OperatorController,
    PartnerController,
    OwnPartnerController,
    SessionController,
    SignInPageController,
  ],
  providers: [
    CreateCompany,
    ReadCompanies,
    ChangeCompany,
    CreateApiKey,
    ListApiKeys,
    RevokeApiKey,
    EnsureOperatorToken,
    AddOperator,
    ListOperators,
    RevokeOperator,
    SignUpPartner,
    RequestSignInLink,
    SendSignInLink,
    ReadPartner,
    ChangePartner,
    StartSession,
    RefreshSession,
    EndSessions,
  ],
})
export class GatewayModule {}
