import { newId } from '#kernel';
import { eventually } from '#testing';
import { clock, newPartnership, notices, publish, startApp } from './messaging-app.js';

it("tells a partner how a lead was closed, and nothing of the customer's", async () => {
  const app = await startApp({});
  const { companyId, partnershipId, partnerId, programId } = await newPartnership(app.database);
  const origin = { referralId: newId('Referral'), partnershipId, partnerId, programId };
  const submittedAt = '2026-05-01T12:00:00.000Z';
  await publish(
    app,
    {
      type: 'deal.reviewed',
      companyId,
      occurredAt: clock.now(),
      data: { ...origin, kind: 'deal', submittedAt, outcome: 'approved', reason: null },
    },
    {
      type: 'lead.closed',
      companyId,
      occurredAt: clock.now(),
      data: {
        ...origin,
        kind: 'lead',
        submittedAt,
        revision: 1,
        groupId: newId('Group'),
        outcome: 'won',
        customerKey: 'ada-key',
        email: 'ada@acme.example',
        amount: null,
        currency: null,
        reason: null,
      },
    },
  );
  const data = await eventually(async () => {
    const { body } = await notices(app, { companyId, partnershipId, partnerId, programId, email: '' });
    return body.data.length === 2 ? body.data : undefined;
  });
  expect(new Set(data.map(({ title }: { title: string }) => title))).toEqual(
    new Set(['Your lead was won', 'Your deal was approved']),
  );
  expect(JSON.stringify(data)).toMatch(/"referralId":"rfl_/);
  expect(JSON.stringify(data)).not.toMatch(/ada/);
});
