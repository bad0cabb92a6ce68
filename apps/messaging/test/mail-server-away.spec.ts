import { newId, publicId } from '#kernel';
import {
  asAdmin,
  asOperator,
  createTestDatabase,
  eventually,
  type TestApp,
  type TestDatabase,
} from '#testing';
import {
  awayServer,
  earned,
  emailTo,
  newPartnership,
  publish,
  signIn,
  teamInvited,
  startApp,
  startCatcher,
  stopAfterwards,
  stopLatest,
} from './messaging-app.js';

describe('messaging while the mail server is away', () => {
  it('tries again and sends once it is back, under one Message-ID', async () => {
    const gone = await awayServer();
    const app = await startApp({ config: { smtpUrl: gone.url } });
    const partnership = await newPartnership(app.database);
    await publish(app, earned(partnership));
    const waiting = await eventually(() => emailTo(app, partnership.email, 'queued'));
    await eventually(async () => (await emailTo(app, partnership.email, 'queued'))?.attempts > 0);
    expect(waiting.companyId).toBe(publicId('Company', partnership.companyId));

    const back = await startCatcher(gone.port);
    await asAdmin(app.database, 'update messaging.email set due_at = now()');
    await eventually(() => emailTo(app, partnership.email, 'sent'));
    const [row] = await asAdmin<{ message_id: string }>(
      app.database,
      'select message_id from messaging.email',
    );
    expect(back.mails.map(({ messageId }) => messageId)).toEqual([row?.message_id]);
  });

  it('sends again what a sender that died had in hand', async () => {
    const catcher = await startCatcher();
    const app = await startApp({ config: { smtpUrl: catcher.url } });
    const partnership = await newPartnership(app.database);
    await publish(app, earned(partnership));
    await eventually(() => emailTo(app, partnership.email, 'sent'));
    await asAdmin(
      app.database,
      `update messaging.email set state = 'sending', due_at = now() + interval '1 minute'`,
    );
    await asAdmin(app.database, 'update messaging.email set due_at = now()');
    await eventually(() => catcher.mails.length === 2);
    expect(new Set(catcher.mails.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('sends each e-mail once though two processes send', async () => {
    const catcher = await startCatcher();
    const database = await createTestDatabase();
    stopAfterwards(() => database.drop());
    const [app] = [
      await startApp({ database, config: { smtpUrl: catcher.url } }),
      await startApp({ database, config: { smtpUrl: catcher.url } }),
    ];
    const partnerships = await Promise.all([newPartnership(database), newPartnership(database)]);
    const events = Array.from({ length: 30 }, () => partnerships.map((partnership) => earned(partnership)));
    await publish(app, ...events.flat());
    await eventually(async () => {
      const waiting = await asAdmin(database, `select 1 from messaging.email where state <> 'sent'`);
      return catcher.mails.length >= 60 && waiting.length === 0;
    });
    expect(catcher.mails).toHaveLength(60);
  });

  it('gives up visibly after the last attempt', async () => {
    const gone = await awayServer();
    const app = await startApp({ config: { smtpUrl: gone.url } });
    await publish(app, signIn('nobody@example.test'));
    await eventually(async () => (await emailTo(app, 'nobody@example.test', 'queued'))?.attempts > 0);
    await asAdmin(app.database, 'update messaging.email set attempts = 18, due_at = now()');
    await eventually(async () => (await emailTo(app, 'nobody@example.test', 'queued'))?.attempts === 19);
    await asAdmin(app.database, 'update messaging.email set due_at = now()');
    const email = await eventually(() => emailTo(app, 'nobody@example.test', 'failed'));
    expect(email).toMatchObject({ attempts: 20, reason: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('messaging without a mail server', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  const reveal = (app: TestApp, id: string, role: 'operator' | 'admin') =>
    app.call('POST', `/v1/ops/emails/${id}/reveal-link`, asOperator(role), {});

  it('holds e-mails and says so, lets an admin read a sign-in link, and sends when a server appears', async () => {
    const held = await startApp({ database });
    const partnership = await newPartnership(database);
    await publish(held, earned(partnership));
    await publish(held, signIn('locked-out@example.test'));
    const notice = await eventually(() => emailTo(held, partnership.email, 'held'));
    const link = await eventually(() => emailTo(held, 'locked-out@example.test', 'held'));
    expect([notice.reason, link.reason]).toEqual(['no SMTP configured', 'no SMTP configured']);

    expect(await reveal(held, link.id, 'operator')).toMatchObject({ status: 403 });
    expect(await reveal(held, notice.id, 'admin')).toMatchObject({ status: 404 });
    const revealed = await reveal(held, link.id, 'admin');
    expect(revealed).toMatchObject({ status: 200, body: { url: expect.stringContaining('token=sgn_') } });
    expect(await asAdmin(database, 'select operator_id from messaging.sign_in_reveal')).toHaveLength(1);
    await stopLatest();

    const catcher = await startCatcher();
    const app = await startApp({ database, config: { smtpUrl: catcher.url } });
    await eventually(() => catcher.mails.length === 2);
    const sent = catcher.mails.find((mail) => mail.recipients.includes('locked-out@example.test'));
    expect(sent?.text).toContain(revealed.body.url);
    await eventually(() => emailTo(app, 'locked-out@example.test', 'sent'));
    expect(await reveal(app, link.id, 'admin')).toMatchObject({
      status: 409,
      body: { code: 'email.not_held' },
    });
  });

  it('lets an admin read the link of an invitation to a team, the same that is mailed later', async () => {
    const held = await startApp({ database });
    await publish(held, teamInvited('invited@example.test'));
    const email = await eventually(() => emailTo(held, 'invited@example.test', 'held'));
    expect(email).toMatchObject({ template: 'team_invitation', companyId: null });
    const { body } = await reveal(held, email.id, 'admin');
    expect(body).toEqual({
      url: expect.stringMatching(/\/join\?token=tin_\w+\.cmp_\w+\.[\w-]{43}$/),
      expiresAt: '2026-05-09T12:00:00.000Z',
    });
    await stopLatest();
    const catcher = await startCatcher();
    await startApp({ database, config: { smtpUrl: catcher.url } });
    const mail = await eventually(() =>
      catcher.mails.find(({ recipients }) => recipients.includes('invited@example.test')),
    );
    expect(mail.subject).toBe('Lighthouse GmbH invites you to its team on Fairlead');
    expect(mail.text).toContain(body.url);
    expect(mail.text).toContain('as admin');
  });

  it('does not reveal a link that has expired', async () => {
    const app = await startApp({ database });
    await publish(app, signIn('old@example.test', newId('SignIn'), '2026-05-02T12:00:00.000Z'));
    const email = await eventually(() => emailTo(app, 'old@example.test', 'held'));
    expect(await reveal(app, email.id, 'admin')).toMatchObject({
      status: 409,
      body: { code: 'link.expired' },
    });
  });
});
