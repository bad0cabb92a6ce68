import { Injectable } from '@nestjs/common';
import { SecretBox } from '#config';
import { companyScope, Database } from '#database';
import { readProgramInvitationToken } from '#http';
import { Clock, type Id, NotFound } from '#kernel';
import { type InvitationState, selectInvitations } from './invitation.js';

/** An invitation as who holds its link sees it. */
export interface InvitationOffer {
  readonly programId: Id<'Program'>;
  readonly programName: string;
  readonly companyName: string;
  readonly email: string;
  readonly message: string | null;
  readonly state: InvitationState;
  readonly expiresAt: Date;
}

/** Reads an invitation by the token of its mail. Changes nothing: mail scanners open links too. */
@Injectable()
export class OpenInvitation {
  constructor(
    private readonly database: Database,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async execute(token: string): Promise<InvitationOffer> {
    const key = readProgramInvitationToken(this.secretBox, token);
    if (!key) throw new NotFound('invitation');
    const { companyId, invitationId } = key;
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const [invitation] = await selectInvitations(
        tx,
        'i.company_id = $1 and i.invitation_id = $2',
        [companyId, invitationId],
        this.clock.now(),
      );
      if (!invitation) throw new NotFound('invitation');
      const { programId, email, message, state, expiresAt } = invitation;
      const [names] = await tx.query<{ program: string; company: string }>(
        `select p.name as program, coalesce(c.name, '') as company from approvals.program p
         left join access.published_company c on c.company_id = p.company_id
         where p.company_id = $1 and p.program_id = $2`,
        [companyId, programId],
      );
      if (!names) throw new Error('an invitation has no program');
      return {
        programId,
        programName: names.program,
        companyName: names.company,
        email,
        message,
        state,
        expiresAt,
      };
    });
  }
}
