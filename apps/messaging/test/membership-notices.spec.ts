import { newId } from '#kernel';
import { eventually, type TestPartnership } from '#testing';
import { clock, newPartnership, notices, publish, startApp } from './messaging-app.js';

const membershipOf = ({ partnershipId, partnerId, programId }: TestPartnership) => ({
  partnershipId,
  partnerId,
  programId,
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
