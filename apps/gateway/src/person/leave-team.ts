import { Injectable } from '@nestjs/common';
import { type Id, NotFound, publicId } from '#kernel';
import { RemoveMember } from '../team/remove-member.js';
import { ReadPerson } from './read-person.js';

/** Somebody leaves a team by own decision, whatever the role. */
@Injectable()
export class LeaveTeam {
  constructor(
    private readonly readPerson: ReadPerson,
    private readonly removeMember: RemoveMember,
  ) {}

  /** @throws NotFound, Conflict `team.last_owner` */
  async execute(sessionId: Id<'Session'>, memberId: Id<'Member'>): Promise<void> {
    const { personId, memberships } = await this.readPerson.execute(sessionId);
    const membership = memberships.find((each) => each.memberId === memberId);
    if (!membership) throw new NotFound('membership');
    const actor = { name: `person:${publicId('Person', personId)}`, upTo: 'owner' } as const;
    await this.removeMember.execute(actor, membership.account, memberId);
  }
}
