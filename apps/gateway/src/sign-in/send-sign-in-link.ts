import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { PLATFORM_COMPANY, type Transaction } from '#database';
import { Clock, newId } from '#kernel';

const VALID_MINUTES = 15;
/** Links one address may be sent in that time: enough for a person, too few to flood a mailbox. */
const LINKS_AT_MOST = 5;

/** Asks messaging to mail a sign-in link; does nothing for an address that nobody has and nobody signs up with. */
@Injectable()
export class SendSignInLink {
  constructor(
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /**
   * @param emailKey lower-case address
   * @param partnerName of the partner account that using the link opens; null: none
   */
  async execute(tx: Transaction, emailKey: string, partnerName: string | null): Promise<void> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + VALID_MINUTES * 60_000);
    const signInId = newId('SignIn');
    const stored = await tx.query(
      `insert into access.sign_in (sign_in_id, email, partner_name, created_at, expires_at)
       select $1::uuid, $2, $3, $4::timestamptz, $5::timestamptz
        where ($3::text is not null or exists (select 1 from access.person where email = $2))
          and (select count(*) from access.sign_in
                where email = $2 and created_at > $4::timestamptz - interval '${VALID_MINUTES} minutes'
              ) < ${LINKS_AT_MOST}
       returning sign_in_id`,
      [signInId, emailKey, partnerName, now, expiresAt],
    );
    if (stored.length === 0) return;
    await this.publisher.publish(tx, [
      {
        type: 'sign_in.requested',
        companyId: PLATFORM_COMPANY,
        occurredAt: now,
        data: { signInId, email: emailKey, expiresAt: expiresAt.toISOString() },
      },
    ]);
  }
}
