import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { ApiKeyController } from './api-key/api-key.controller.js';
import { CreateApiKey } from './api-key/create-api-key.js';
import { ListApiKeys } from './api-key/list-api-keys.js';
import { OwnApiKeyController } from './api-key/own-api-key.controller.js';
import { RevokeApiKey } from './api-key/revoke-api-key.js';
import { AuthenticationModule } from './authentication/authentication.module.js';
import { CompanyController } from './company/company.controller.js';
import { CreateCompany } from './company/create-company.js';
import { OwnCompanyController } from './company/own-company.controller.js';
import { ReadCompanies } from './company/read-companies.js';
import { ChangeCompany } from './company/change-company.js';
import { OidcModule } from './oidc/oidc.module.js';
import { AddOperator } from './operator/add-operator.js';
import { EnsureOperatorToken } from './operator/ensure-operator-token.js';
import { ListOperators } from './operator/list-operators.js';
import { OperatorController } from './operator/operator.controller.js';
import { RevokeOperator } from './operator/revoke-operator.js';
import { ChangePartner } from './partner/change-partner.js';
import { OwnPartnerController } from './partner/own-partner.controller.js';
import { ReadPartner } from './partner/read-partner.js';
import { LeaveTeam } from './person/leave-team.js';
import { PersonController } from './person/person.controller.js';
import { ReadPerson } from './person/read-person.js';
import { RenamePerson } from './person/rename-person.js';
import { EndSessions } from './session/end-sessions.js';
import { RefreshSession } from './session/refresh-session.js';
import { SessionController } from './session/session.controller.js';
import { StartSession } from './session/start-session.js';
import { ForgetSignIns } from './sign-in/forget-sign-ins.js';
import { LinkPageController } from './sign-in/link-page.controller.js';
import { RequestSignInLink } from './sign-in/request-sign-in-link.js';
import { SendSignInLink } from './sign-in/send-sign-in-link.js';
import { SignInLinkController } from './sign-in/sign-in-link.controller.js';
import { SignInSweep } from './sign-in/sign-in-sweep.js';
import { TeamModule } from './team/team.module.js';

/** Who may call: companies and their keys, operators, people, and the teams they are in. */
@Module({
  imports: [DatabaseModule.forService('access'), AuthenticationModule, OidcModule, TeamModule],
  controllers: [
    CompanyController,
    OwnCompanyController,
    ApiKeyController,
    OwnApiKeyController,
    OperatorController,
    OwnPartnerController,
    PersonController,
    SignInLinkController,
    LinkPageController,
    SessionController,
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
    ReadPartner,
    ChangePartner,
    ReadPerson,
    RenamePerson,
    LeaveTeam,
    RequestSignInLink,
    SendSignInLink,
    ForgetSignIns,
    SignInSweep,
    StartSession,
    RefreshSession,
    EndSessions,
  ],
})
export class GatewayModule {}
