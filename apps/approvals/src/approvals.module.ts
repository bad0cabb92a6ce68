import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { ApplicationController } from './application/application.controller.js';
import { ApplicationFormController } from './application-form/application-form.controller.js';
import { PublishForm } from './application-form/publish-form.js';
import { ReadForm } from './application-form/read-form.js';
import { ReadRequirements } from './application-form/read-requirements.js';
import { RequirementsController } from './application-form/requirements.controller.js';
import { ApplicationRulesController } from './application-rules/application-rules.controller.js';
import { PublishRules } from './application-rules/publish-rules.js';
import { ReadRules } from './application-rules/read-rules.js';
import { ApplyToProgram } from './application/apply-to-program.js';
import { ListApplications } from './application/list-applications.js';
import { ListOwnApplications } from './application/list-own-applications.js';
import { ReadApplication } from './application/read-application.js';
import { ReviewApplication } from './application/review-application.js';
import { ArchiveGroup } from './group/archive-group.js';
import { ChangeGroup } from './group/change-group.js';
import { CreateGroup } from './group/create-group.js';
import { GroupController } from './group/group.controller.js';
import { MovePartner } from './group/move-partner.js';
import { ReadGroups } from './group/read-groups.js';
import { InvitationController } from './invitation/invitation.controller.js';
import { InvitationPageController } from './invitation/invitation-page.controller.js';
import { InvitePartner } from './invitation/invite-partner.js';
import { OpenInvitation } from './invitation/open-invitation.js';
import { OpenInvitationController } from './invitation/open-invitation.controller.js';
import { ReadInvitations } from './invitation/read-invitations.js';
import { RevokeInvitation } from './invitation/revoke-invitation.js';
import { LinkRequestController } from './link-request/link-request.controller.js';
import { OwnLinkRequestController } from './link-request/own-link-request.controller.js';
import { ReadLinkRequests } from './link-request/read-link-requests.js';
import { RequestLink } from './link-request/request-link.js';
import { ReviewLinkRequest } from './link-request/review-link-request.js';
import { WithdrawLinkRequest } from './link-request/withdraw-link-request.js';
import { ListPartnerPrograms } from './partner-program/list-partner-programs.js';
import { PartnerProgramController } from './partner-program/partner-program.controller.js';
import { ReadProgramSummary } from './partner-program/read-program-summary.js';
import { ChangePartnership } from './partnership/change-partnership.js';
import { LeaveProgram } from './partnership/leave-program.js';
import { PartnershipController } from './partnership/partnership.controller.js';
import { ReadPartnership } from './partnership/read-partnership.js';
import { ReadPartnerships } from './partnership/read-partnerships.js';
import { RemovePartner } from './partnership/remove-partner.js';
import { ChangeProgram } from './program/change-program.js';
import { CreateProgram } from './program/create-program.js';
import { ProgramController } from './program/program.controller.js';
import { ReadPrograms } from './program/read-programs.js';
import { ReferralModule } from './referral/referral.module.js';
import { AcceptTerms } from './terms/accept-terms.js';
import { ListTerms } from './terms/list-terms.js';
import { PublishTerms } from './terms/publish-terms.js';
import { TermsController } from './terms/terms.controller.js';

/** Programs, terms, applications and partnerships: who may promote what, since when, on which terms. */
@Module({
  imports: [DatabaseModule.forService('approvals'), ReferralModule],
  controllers: [
    ProgramController,
    TermsController,
    GroupController,
    ApplicationFormController,
    ApplicationRulesController,
    RequirementsController,
    InvitationController,
    OpenInvitationController,
    LinkRequestController,
    OwnLinkRequestController,
    InvitationPageController,
    ApplicationController,
    PartnershipController,
    PartnerProgramController,
  ],
  providers: [
    CreateProgram,
    ChangeProgram,
    ReadPrograms,
    CreateGroup,
    ChangeGroup,
    ArchiveGroup,
    ReadGroups,
    MovePartner,
    PublishTerms,
    ListTerms,
    AcceptTerms,
    PublishForm,
    ReadForm,
    ReadRequirements,
    PublishRules,
    ReadRules,
    InvitePartner,
    ReadInvitations,
    OpenInvitation,
    RequestLink,
    WithdrawLinkRequest,
    ReviewLinkRequest,
    ReadLinkRequests,
    RevokeInvitation,
    ApplyToProgram,
    ListApplications,
    ListOwnApplications,
    ReadApplication,
    ReviewApplication,
    ReadPartnerships,
    ReadPartnership,
    ChangePartnership,
    RemovePartner,
    LeaveProgram,
    ListPartnerPrograms,
    ReadProgramSummary,
  ],
})
export class ApprovalsModule {}
