import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { ApplicationController } from './application/application.controller.js';
import { ApplyToProgram } from './application/apply-to-program.js';
import { ListApplications } from './application/list-applications.js';
import { ReviewApplication } from './application/review-application.js';
import { ArchiveGroup } from './group/archive-group.js';
import { ChangeGroup } from './group/change-group.js';
import { CreateGroup } from './group/create-group.js';
import { GroupController } from './group/group.controller.js';
import { MovePartner } from './group/move-partner.js';
import { ReadGroups } from './group/read-groups.js';
import { ListPartnerPrograms } from './partner-program/list-partner-programs.js';
import { PartnerProgramController } from './partner-program/partner-program.controller.js';
import { ReadProgramSummary } from './partner-program/read-program-summary.js';
import { LeaveProgram } from './partnership/leave-program.js';
import { OverrideLinks } from './partnership/override-links.js';
import { PartnershipController } from './partnership/partnership.controller.js';
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
    ApplyToProgram,
    ListApplications,
    ReviewApplication,
    ReadPartnerships,
    OverrideLinks,
    RemovePartner,
    LeaveProgram,
    ListPartnerPrograms,
    ReadProgramSummary,
  ],
})
export class ApprovalsModule {}
