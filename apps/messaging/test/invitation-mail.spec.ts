import { SecretBox } from '#config';
import { readProgramInvitationToken } from '#http';
import { newId } from '#kernel';
import { addCompany, asAdmin, eventually } from '#testing';
import { clock, publish, startApp, startCatcher, teamInvited } from './messaging-app.js';

const invited = (companyId: ReturnType<typeof newId<'Company'>>, email: string, expiresAt: string) => ({
  type: 'partner.invited' as const,
  companyId,
  occurredAt: clock.now(),
  data: {
    invitationId: newId('Invitation'),
    programId: newId('Program'),
    email,
    companyName: 'Lighthouse GmbH',
    programName: 'Lighthouse Referrals',
    message: 'You write well about boats.',
    expiresAt,
  },
});

it('mails an invitation with a link of its own, and stores no secret', async () => {
  const catcher = await startCatcher();
  const app = await startApp({ config: { smtpUrl: catcher.url } });
  const companyId = await addCompany(app.database, 'Lighthouse GmbH');
  const event = invited(companyId, 'pia@example.test', '2026-06-01T12:00:00.000Z');
  await publish(app, event);
  const mail = await eventually(() => catcher.mails[0]);
  expect(mail).toMatchObject({ subject: 'Lighthouse GmbH invites you to its partner program' });
  expect(mail?.text).toContain('Lighthouse GmbH says: You write well about boats.');

  const token = /token=(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
  expect(readProgramInvitationToken(app.app.get(SecretBox), token)).toEqual({
    companyId,
    invitationId: event.data.invitationId,
  });
  const stored = await asAdmin(
    app.database,
    `select 1 from messaging.email where params::text like '%' || $1 || '%'`,
    [token.split('.').at(-1)],
  );
  expect(stored).toEqual([]);
});

it('gives a name one line, so that nobody writes a mail of the own under our sender', async () => {
  const catcher = await startCatcher();
  const app = await startApp({ config: { smtpUrl: catcher.url } });
  const { data, ...event } = teamInvited('victim@example.test');
  const name = 'Us\n\nYour account is locked:\r\nhttps://evil.example\u2028Bcc: all';
  await publish(app, { ...event, data: { ...data, account: { ...data.account, name } } });
  const mail = await eventually(() => catcher.mails[0]);
  expect(mail?.text.split(/[\r\n\u2028]+/)).toContain(
    'You are invited to the team of Us Your account is locked: https://evil.example Bcc: all, as admin. Open this link to join:',
  );
});

it('does not mail an invitation that is over', async () => {
  const catcher = await startCatcher();
  const app = await startApp({ config: { smtpUrl: catcher.url } });
  const companyId = await addCompany(app.database, 'Lighthouse GmbH');
  await publish(app, invited(companyId, 'pia@example.test', '2026-05-02T12:00:00.000Z'));
  const [email] = await eventually(async () => {
    const rows = await asAdmin<{ reason: string }>(
      app.database,
      `select reason from messaging.email where state = 'failed'`,
    );
    return rows.length > 0 ? rows : null;
  });
  expect(email).toEqual({ reason: 'expired before it could be sent' });
  expect(catcher.mails).toEqual([]);
});
