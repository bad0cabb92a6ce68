import { newId, publicId } from '#kernel';
import {
  asAdmin,
  asOperator,
  asPartner,
  eventually,
  type MailCatcher,
  startMailCatcher,
  startTestApp,
  type TestApp,
  type TestPartnership,
} from '#testing';
import { MESSAGING } from '../src/service.js';
import { clock, earned, emails, emailTo, newPartnership, notices, publish, signIn } from './messaging-app.js';

describe('messaging with a mail server', () => {
  let app: TestApp;
  let catcher: MailCatcher;

  beforeAll(async () => {
    catcher = await startMailCatcher({ refuses: 'gone@example.test' });
    app = await startTestApp([MESSAGING], { clock, config: { smtpUrl: catcher.url } });
  });

  afterAll(async () => {
    await app.close();
    await catcher.stop();
  });

  const mailTo = (recipient: string) => catcher.mails.filter((mail) => mail.recipients.includes(recipient));
  const arrived = (recipient: string) => eventually(() => mailTo(recipient)[0]);

  it('tells a partner of a commission in the list and by e-mail', async () => {
    const partnership = await newPartnership(app.database);
    await publish(app, earned(partnership));
    const mail = await arrived(partnership.email);
    expect(mail).toMatchObject({ subject: 'You earned 19.99 EUR' });
    expect(mail.text).toContain('held until 1 June 2026, so that refunds');

    const { body } = await notices(app, partnership);
    expect(body.data).toMatchObject([
      {
        kind: 'commission.earned',
        title: 'You earned 19.99 EUR',
        data: { amount: 1999, currency: 'EUR', subject: { kind: 'order', key: 'ORD-1' } },
        readAt: null,
      },
    ]);
    expect(body.data[0].data.commissionId).toMatch(/^com_/);
    expect(await eventually(() => emailTo(app, partnership.email, 'sent'))).toMatchObject({ attempts: 1 });
  });

  it('writes the list alone for a partner who wants no e-mail', async () => {
    const partnership = await newPartnership(app.database, 'no e-mail');
    await publish(app, earned(partnership));
    await eventually(async () => (await notices(app, partnership)).body.data.length === 1);
    expect((await emails(app)).map(({ recipient }: { recipient: string }) => recipient)).not.toContain(
      partnership.email,
    );
  });

  it('makes one notice and one e-mail of an event that is delivered twice', async () => {
    const partnership = await newPartnership(app.database);
    const event = earned(partnership);
    await publish(app, event);
    await eventually(() => emailTo(app, partnership.email, 'sent'));
    await asAdmin(
      app.database,
      `update bus.delivery set state = 'ready', finished_at = null, batch_id = null where event_id = $1`,
      [event.eventId],
    );
    await eventually(async () => {
      const [delivery] = await asAdmin<{ state: string }>(
        app.database,
        'select state from bus.delivery where event_id = $1',
        [event.eventId],
      );
      return delivery?.state === 'done';
    });
    await publish(app, earned(partnership, { change: 1, amount: 2000 }));
    await eventually(() => mailTo(partnership.email).length === 2);
    expect((await notices(app, partnership)).body.data).toHaveLength(2);
  });

  it('B-01 gives notices of a batch to their own partners, across companies', async () => {
    const [one, two] = [await newPartnership(app.database), await newPartnership(app.database)];
    const events = [one, two, one, two].map((partnership, index) =>
      earned(partnership, { subject: { kind: 'order', key: `ORD-${index}` } }),
    );
    await publish(app, ...events);
    const orders = async (partnership: TestPartnership) =>
      (await notices(app, partnership)).body.data.map(
        ({ data }: { data: { subject: { key: string } } }) => data.subject.key,
      );
    await eventually(async () => (await orders(one)).length + (await orders(two)).length === 4);
    expect((await orders(one)).toSorted()).toEqual(['ORD-0', 'ORD-2']);
    expect((await orders(two)).toSorted()).toEqual(['ORD-1', 'ORD-3']);

    const [notice] = (await notices(app, one)).body.data;
    const read = (partnership: TestPartnership) =>
      app.call(
        'POST',
        `/v1/partner/programs/${publicId('Program', partnership.programId)}/notices/${notice.id}/read`,
        asPartner(partnership.partnerId),
        {},
      );
    expect(await read(two)).toMatchObject({ status: 404 });
    expect(await read(one)).toMatchObject({ status: 200, body: { readAt: '2026-05-02T12:00:00.000Z' } });
    expect((await notices(app, one, '?unread=true')).body.data).toHaveLength(1);
    expect((await notices(app, two, '?unread=true')).body.data).toHaveLength(2);
    const stranger = await app.call(
      'GET',
      `/v1/partner/programs/${publicId('Program', one.programId)}/notices`,
      asPartner(two.partnerId),
    );
    expect(stranger.status).toBe(404);
  });

  it('pages notices newest first', async () => {
    const partnership = await newPartnership(app.database, 'no e-mail');
    for (const key of ['1', '2', '3']) {
      await publish(app, earned(partnership, { subject: { kind: 'order', key } }));
      await eventually(async () => (await notices(app, partnership)).body.data.length === Number(key));
    }
    const first = (await notices(app, partnership, '?limit=2')).body;
    const second = (await notices(app, partnership, `?limit=2&cursor=${first.nextCursor}`)).body;
    const keys = [...first.data, ...second.data].map(({ data }) => data.subject.key);
    expect(keys).toEqual(['3', '2', '1']);
    expect(second.nextCursor).toBeNull();
  });

  it('lets no name that a company chose add a header or a recipient', async () => {
    const name = 'Nice\r\nBcc: victim@example.test\r\n\r\nBody';
    const partnership = await newPartnership(app.database, 'wants e-mail', name);
    await publish(app, {
      type: 'application.reviewed',
      companyId: partnership.companyId,
      occurredAt: clock.now(),
      data: {
        applicationId: newId('Application'),
        partnershipId: partnership.partnershipId,
        programId: partnership.programId,
        partnerId: partnership.partnerId,
        outcome: 'approved',
        reason: null,
      },
    });
    const mail = await arrived(partnership.email);
    expect(mail.subject).toBe('You are a partner of Nice Bcc: victim@example.test Body');
    expect(mail.headers.map((header) => header.name)).not.toContain('bcc');
    expect(mail.recipients).toEqual([partnership.email]);
  });

  it('sends a sign-in link that is stored nowhere', async () => {
    const signInId = newId('SignIn');
    await publish(app, signIn('sign-in@example.test', signInId));
    const mail = await arrived('sign-in@example.test');
    const token = /token=(\S+)/.exec(mail.text)?.[1] ?? '';
    expect(token).toContain(publicId('SignIn', signInId));
    const [stored] = await asAdmin<{ everything: string }>(
      app.database,
      `select (select string_agg(e::text, ' ') from messaging.email e) ||
              (select string_agg(e::text, ' ') from bus.event e) as everything`,
    );
    expect(stored?.everything).toContain(signInId);
    expect(stored?.everything).not.toContain(token.split('.')[1]);
  });

  it.each([
    ['sign_in', 'Your link to sign in to Fairlead', 'without the link nobody can sign in'],
    ['sign_up', 'Your link to sign up to Fairlead', 'without the link no account is opened'],
    ['sign_up_again', 'You signed up to Fairlead before', 'No second one is opened'],
  ] as const)('says what a link is for: %s', async (purpose, subject, words) => {
    const recipient = `${purpose}@example.test`;
    await publish(app, signIn(recipient, newId('SignIn'), '2026-05-02T12:30:00.000Z', purpose));
    const mail = await arrived(recipient);
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain(words);
    expect(mail.text).toMatch(/If (that was not you|you did not ask for it), ignore this mail/);
    expect(mail.text).toContain('It works once, until 2026-05-02 12:30 UTC.');
  });

  it('gives up at once where the server refuses the recipient for good, and shows why', async () => {
    await publish(app, signIn('gone@example.test'));
    const email = await eventually(() => emailTo(app, 'gone@example.test', 'failed'));
    expect(email).toMatchObject({ attempts: 1, reason: expect.stringContaining('550') });
  });

  it('does not send a sign-in link that has expired while it waited', async () => {
    await publish(app, signIn('late@example.test', newId('SignIn'), '2026-05-02T12:00:00.000Z'));
    const email = await eventually(() => emailTo(app, 'late@example.test', 'failed'));
    expect(email.reason).toBe('expired before it could be sent');
    expect(mailTo('late@example.test')).toEqual([]);
  });

  it('shows operators only the queue of e-mails', async () => {
    const partner = asPartner(newId('Partner'));
    expect(await app.call('GET', '/v1/ops/emails', partner)).toMatchObject({ status: 403 });
    expect(await app.call('GET', '/v1/ops/emails?state=lost', asOperator())).toMatchObject({ status: 422 });
    const first = await app.call('GET', '/v1/ops/emails?limit=1', asOperator('viewer'));
    const second = await app.call(
      'GET',
      `/v1/ops/emails?limit=1&cursor=${first.body.nextCursor}`,
      asOperator('viewer'),
    );
    expect(second.body.data[0].id < first.body.data[0].id).toBe(true);
  });
});
