import { Injectable } from '@nestjs/common';
import { type Account, cursorId, type IdempotentRequest, pageOf, type PageQuery, type TeamRole } from '#http';
import { Clock, type Id } from '#kernel';
import { ChangeMemberRole } from './change-member-role.js';
import { InviteMember } from './invite-member.js';
import { ListInvitations } from './list-invitations.js';
import { ListMembers } from './list-members.js';
import { ListTeamChanges } from './list-team-changes.js';
import { RemoveMember } from './remove-member.js';
import { RevokeInvitation } from './revoke-invitation.js';
import {
  showInvitation,
  showMember,
  type TeamInvitationDto,
  type TeamInvitationPage,
  type TeamMemberDto,
  type TeamMemberPage,
} from './team.dto.js';
import type { TeamActor } from './team.js';
import { showTeamChange, type TeamChangePage } from './team-change.dto.js';

/** What the routes of a company's team and of a partner's team share: the same cases, shown the same way. */
@Injectable()
export class TeamDesk {
  constructor(
    private readonly listMembers: ListMembers,
    private readonly changeMemberRole: ChangeMemberRole,
    private readonly removeMember: RemoveMember,
    private readonly inviteMember: InviteMember,
    private readonly listInvitations: ListInvitations,
    private readonly revokeInvitation: RevokeInvitation,
    private readonly listTeamChanges: ListTeamChanges,
    private readonly clock: Clock,
  ) {}

  async members(account: Account, query: PageQuery): Promise<TeamMemberPage> {
    const members = await this.listMembers.execute(account, query.limit, cursorId(query));
    return pageOf(members, query.limit, (member) => member.memberId, showMember);
  }

  async changeRole(
    actor: TeamActor,
    account: Account,
    memberId: Id<'Member'>,
    role: TeamRole,
  ): Promise<TeamMemberDto> {
    return showMember(await this.changeMemberRole.execute(actor, account, memberId, role));
  }

  remove(actor: TeamActor, account: Account, memberId: Id<'Member'>): Promise<void> {
    return this.removeMember.execute(actor, account, memberId);
  }

  async invite(
    actor: TeamActor,
    account: Account,
    wanted: { readonly email: string; readonly role: TeamRole },
    request: IdempotentRequest,
  ): Promise<TeamInvitationDto> {
    const invitation = await this.inviteMember.execute(actor, account, wanted, request);
    return showInvitation(invitation, this.clock.now());
  }

  async invitations(account: Account, query: PageQuery): Promise<TeamInvitationPage> {
    const now = this.clock.now();
    const invitations = await this.listInvitations.execute(account, query.limit, cursorId(query));
    return pageOf(
      invitations,
      query.limit,
      (invitation) => invitation.invitationId,
      (invitation) => showInvitation(invitation, now),
    );
  }

  revoke(actor: TeamActor, account: Account, invitationId: Id<'TeamInvitation'>): Promise<void> {
    return this.revokeInvitation.execute(actor, account, invitationId);
  }

  async changes(account: Account, query: PageQuery): Promise<TeamChangePage> {
    const changes = await this.listTeamChanges.execute(account, query.limit, cursorId(query));
    return pageOf(changes, query.limit, (change) => change.changeId, showTeamChange);
  }
}
