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
    // Those who ask at once are counted one after the other.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('access.sign_in ' || $1::text, 0))`, [
      emailKey,
    ]);
    const [stored] = await tx.query<{ has_opened_account: boolean }>(
      `insert into access.sign_in (sign_in_id, email, partner_name, created_at, expires_at)
       select $1::uuid, $2, $3, $4::timestamptz, $5::timestamptz
        where ($3::text is not null or exists (select 1 from access.person where email = $2))
          and (select count(*) from access.sign_in
                where email = $2 and created_at > $4::timestamptz - interval '${VALID_MINUTES} minutes'
              ) < ${LINKS_AT_MOST}
       returning exists (
         select 1 from access.person e join access.partner p on p.founder_id = e.person_id where e.email = $2
       ) as has_opened_account`,
      [signInId, emailKey, partnerName, now, expiresAt],
    );
    if (!stored) return;
    const signUp = stored.has_opened_account ? 'sign_up_again' : 'sign_up';
    const purpose = partnerName === null ? 'sign_in' : signUp;
    await this.publisher.publish(tx, [
      {
        type: 'sign_in.requested',
        companyId: PLATFORM_COMPANY,
        occurredAt: now,
        data: { signInId, email: emailKey, purpose, expiresAt: expiresAt.toISOString() },
      },
    ]);
  }
}
