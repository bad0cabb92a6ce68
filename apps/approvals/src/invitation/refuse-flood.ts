import type { Transaction } from '#database';
import { AppError, type Id } from '#kernel';

/** Invitation mails of a program within a day, revoked ones too: enough for a launch, too few to flood mailboxes. */
const A_DAY_AT_MOST = { ofTheProgram: 500, toOneAddress: 5 };

/**
 * Bounds the mails that a program sends to people who did not ask for them. Call it under the program's lock.
 * @throws AppError `invitation.too_many`
 */
export async function refuseFlood(
  tx: Transaction,
  companyId: Id<'Company'>,
  { programId, email }: { readonly programId: Id<'Program'>; readonly email: string },
  now: Date,
): Promise<void> {
  const [today] = await tx.query<{ of_the_program: number; to_one_address: number }>(
    `select count(*)::int as of_the_program, (count(*) filter (where email = $3))::int as to_one_address
       from approvals.invitation
      where company_id = $1 and program_id = $2 and invited_at > $4::timestamptz - interval '1 day'`,
    [companyId, programId, email, now],
  );
  const isBelow =
    today &&
    today.of_the_program < A_DAY_AT_MOST.ofTheProgram &&
    today.to_one_address < A_DAY_AT_MOST.toOneAddress;
  if (isBelow) return;
  throw new AppError(
    'too_many',
    'invitation.too_many',
    `A program may send ${A_DAY_AT_MOST.ofTheProgram} invitations a day, ${A_DAY_AT_MOST.toOneAddress} of them to ` +
      'one address. Go on tomorrow.',
  );
}
