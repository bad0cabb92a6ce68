import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { PLATFORM_COMPANY, type Transaction } from '#database';
import { asId, Clock, newId } from '#kernel';

const VALID_MINUTES = 15;
/** Links one address may be sent in that time: enough for a person, too few to flood a mailbox. */
const LINKS_AT_MOST = 5;

/** Asks messaging to mail a sign-in link to an account; does nothing when there is no such account. */
@Injectable()
export class SendSignInLink {
  constructor(
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @param emailKey lower-case address of the account */
  async execute(tx: Transaction, emailKey: string): Promise<void> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + VALID_MINUTES * 60_000);
    const signInId = newId('SignIn');
    const [signIn] = await tx.query<{ partner_id: string }>(
      `insert into access.sign_in (sign_in_id, partner_id, created_at, expires_at)
       select $1, p.partner_id, $3, $4 from access.partner p
        where p.email = $2 and (
          select count(*) from access.sign_in s
           where s.partner_id = p.partner_id and s.created_at > $3::timestamptz - interval '${VALID_MINUTES} minutes'
        ) < ${LINKS_AT_MOST}
       returning partner_id`,
      [signInId, emailKey, now, expiresAt],
    );
    if (!signIn) return;
    await this.publisher.publish(tx, [
      {
        type: 'partner.sign_in_requested',
        companyId: PLATFORM_COMPANY,
        occurredAt: now,
        data: {
          signInId,
          partnerId: asId('Partner', signIn.partner_id),
          email: emailKey,
          expiresAt: expiresAt.toISOString(),
        },
      },
    ]);
  }
}
