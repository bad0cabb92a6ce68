import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery } from '#http';
import { Clock, type Id, NotFound } from '#kernel';
import { loadProgram } from '../program/program.js';
import { type Invitation, type InvitationState, selectInvitations } from './invitation.js';

const IN_STATE: Readonly<Record<InvitationState, string>> = {
  open: 'i.used_at is null and i.revoked_at is null and i.expires_at > $5',
  used: 'i.used_at is not null and $5::timestamptz is not null',
  revoked: 'i.revoked_at is not null and $5::timestamptz is not null',
  expired: 'i.used_at is null and i.revoked_at is null and i.expires_at <= $5',
};

/** Whom the company invited to a program, and what became of it. */
@Injectable()
export class ReadInvitations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @returns one more than the limit when there is a next page. @throws NotFound */
  list(
    companyId: Id<'Company'>,
    programId: Id<'Program'>,
    state: InvitationState | null,
    page: PageQuery,
  ): Promise<Invitation[]> {
    const now = this.clock.now();
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await loadProgram(tx, companyId, programId);
      return selectInvitations(
        tx,
        `i.company_id = $1 and i.program_id = $2 and ($3::uuid is null or i.invitation_id < $3)
           and ${state ? IN_STATE[state] : '$5::timestamptz is not null'}
         order by i.invitation_id desc limit $4`,
        [companyId, programId, cursorId(page), page.limit + 1, now],
        now,
      );
    });
  }

  /** @throws NotFound */
  async one(
    companyId: Id<'Company'>,
    programId: Id<'Program'>,
    invitationId: Id<'Invitation'>,
  ): Promise<Invitation> {
    const now = this.clock.now();
    const [invitation] = await this.database.transaction(companyScope(companyId), (tx) =>
      selectInvitations(
        tx,
        'i.company_id = $1 and i.program_id = $2 and i.invitation_id = $3',
        [companyId, programId, invitationId],
        now,
      ),
    );
    if (!invitation) throw new NotFound('invitation');
    return invitation;
  }
}
