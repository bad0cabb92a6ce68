import { newId, publicId } from '#kernel';
import { eventually, type TestPartnership } from '#testing';
import { clock, newPartnership, notices, publish, startApp, startCatcher } from './messaging-app.js';

const membershipOf = ({ partnershipId, partnerId, programId }: TestPartnership) => ({
  partnershipId,
  partnerId,
  programId,
});

it('A-17 B-30 tells a partner, and nobody else, of a link and of codes, in the list and by e-mail', async () => {
  const catcher = await startCatcher();
  const app = await startApp({ config: { smtpUrl: catcher.url } });
  const [pia, paul] = [await newPartnership(app.database), await newPartnership(app.database)];
  const event = { companyId: pia.companyId, occurredAt: clock.now() };
  const membership = membershipOf(pia);
  const [linkId, codeId] = [newId('Link'), newId('Code')];
  const given = { ...membership, linkId, destinationUrl: 'https://shop.test/' };
  const code = { ...membership, codeId, code: 'PIA10' };
  const [from, until] = ['2026-05-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z'];
  await publish(
    app,
    { ...event, type: 'link.given', data: given },
    { ...event, type: 'code.assigned', data: { ...code, from } },
    { ...event, type: 'code.ended', data: { ...code, until } },
  );
  const mails = await eventually(() => (catcher.mails.length === 3 ? catcher.mails : null));
  expect(mails.map(({ subject }) => subject).toSorted()).toEqual([
    'You have a new link for Lighthouse Referrals',
    'You have the code PIA10 for Lighthouse Referrals',
    'Your code PIA10 for Lighthouse Referrals ends',
  ]);
  expect(mails.map(({ recipients }) => recipients)).toEqual([[pia.email], [pia.email], [pia.email]]);
  const { data } = (await notices(app, pia)).body;
  const byKind = Object.fromEntries(data.map((notice: { kind: string }) => [notice.kind, notice]));
  expect(byKind).toMatchObject({
    'link.given': { data: { linkId: publicId('Link', linkId), destinationUrl: 'https://shop.test/' } },
    'code.assigned': { data: { codeId: publicId('Code', codeId), code: 'PIA10', from } },
    'code.ended': { data: { code: 'PIA10', until } },
  });
  expect((await notices(app, paul)).body.data).toEqual([]);
});

it('tells a partner, and nobody else, of a removal, of new terms and of a link that was asked for', async () => {
  const app = await startApp({});
  const [pia, paul] = [await newPartnership(app.database), await newPartnership(app.database)];
  const event = { companyId: pia.companyId, occurredAt: clock.now() };
  const membership = membershipOf(pia);
  const linkRequestId = newId('LinkRequest');
  await publish(
    app,
    { ...event, type: 'terms.published', data: { ...membership, version: 2 } },
    {
      ...event,
      type: 'link_request.reviewed',
      data: { ...membership, linkRequestId, outcome: 'refused', reason: 'No coupons.', destinationUrl: null },
    },
    {
      ...event,
      type: 'partner.removed',
      data: { ...membership, reason: 'Fake traffic.', mayApplyAgain: false },
    },
  );
  const told = await eventually(async () => {
    const { data } = (await notices(app, pia)).body;
    return data.length === 3 ? data : null;
  });
  const byKind = Object.fromEntries(told.map((notice: { kind: string }) => [notice.kind, notice]));
  expect(byKind).toMatchObject({
    'terms.published': { title: 'Lighthouse Referrals has new terms', data: { version: 2 } },
    'link_request.reviewed': {
      data: { linkRequestId: expect.stringMatching(/^lrq_/), reason: 'No coupons.' },
    },
    'partner.removed': { body: expect.stringContaining('Fake traffic.'), data: { mayApplyAgain: false } },
  });
  expect((await notices(app, paul)).body.data).toEqual([]);
});
