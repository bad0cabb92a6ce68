import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { AcceptInvitation } from './accept-invitation.js';
import { AcceptInvitationController } from './accept-invitation.controller.js';
import { ChangeMemberRole } from './change-member-role.js';
import { CompanyTeamController } from './company-team.controller.js';
import { InviteMember } from './invite-member.js';
import { ListInvitations } from './list-invitations.js';
import { ListMembers } from './list-members.js';
import { ListTeamChanges } from './list-team-changes.js';
import { OpsTeamController } from './ops-team.controller.js';
import { PartnerTeamController } from './partner-team.controller.js';
import { RemoveMember } from './remove-member.js';
import { RevokeInvitation } from './revoke-invitation.js';
import { TeamDesk } from './team-desk.js';

/** The people of a company or a partner: invited by mail, with roles. */
@Module({
  imports: [DatabaseModule.forService('access')],
  controllers: [CompanyTeamController, PartnerTeamController, OpsTeamController, AcceptInvitationController],
  providers: [
    TeamDesk,
    ListMembers,
    ChangeMemberRole,
    RemoveMember,
    InviteMember,
    ListInvitations,
    RevokeInvitation,
    ListTeamChanges,
    AcceptInvitation,
  ],
  exports: [RemoveMember],
})
export class TeamModule {}
