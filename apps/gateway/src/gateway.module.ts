import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { ApiKeysController } from './api-key/api-keys.controller.js';
import { CreateApiKey } from './api-key/create-api-key.js';
import { ListApiKeys } from './api-key/list-api-keys.js';
import { RevokeApiKey } from './api-key/revoke-api-key.js';
import { AuthenticationModule } from './authentication/authentication.module.js';
import { CompaniesController } from './company/companies.controller.js';
import { CreateCompany } from './company/create-company.js';
import { OwnCompanyController } from './company/own-company.controller.js';
import { ReadCompanies } from './company/read-companies.js';
import { UpdateCompany } from './company/update-company.js';
import { AddOperator } from './operator/add-operator.js';
import { EnsureOperatorToken } from './operator/ensure-operator-token.js';
import { ListOperators } from './operator/list-operators.js';
import { OperatorsController } from './operator/operators.controller.js';
import { RevokeOperator } from './operator/revoke-operator.js';
import { OwnPartnerController } from './partner/own-partner.controller.js';
import { PartnersController } from './partner/partners.controller.js';
import { ReadPartner } from './partner/read-partner.js';
import { RequestSignInLink } from './partner/request-sign-in-link.js';
import { SendSignInLink } from './partner/send-sign-in-link.js';
import { SignUpPartner } from './partner/sign-up-partner.js';
import { UpdatePartner } from './partner/update-partner.js';
import { EndSessions } from './session/end-sessions.js';
import { RefreshSession } from './session/refresh-session.js';
import { SessionsController } from './session/sessions.controller.js';
import { SignInPageController } from './session/sign-in-page.controller.js';
import { StartSession } from './session/start-session.js';

/** Who may call: companies and their keys, operators, partners and their sessions. */
@Module({
  imports: [DatabaseModule.forService('access'), AuthenticationModule],
  controllers: [
    CompaniesController,
    OwnCompanyController,
    ApiKeysController,
    OperatorsController,
    PartnersController,
    OwnPartnerController,
    SessionsController,
    SignInPageController,
  ],
  providers: [
    CreateCompany,
    ReadCompanies,
    UpdateCompany,
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
    UpdatePartner,
    StartSession,
    RefreshSession,
    EndSessions,
  ],
})
export class GatewayModule {}
