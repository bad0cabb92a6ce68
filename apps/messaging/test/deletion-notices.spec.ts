import { newId } from '#kernel';
import { eventually } from '#testing';
import { clock, newPartnership, notices, publish, startApp } from './messaging-app.js';

it('B-47 tells the partner who saw a customer that it was deleted, and nobody of one that no partner saw', async () => {
  const app = await startApp({});
  const { companyId, partnershipId, partnerId, programId } = await newPartnership(app.database);
  const deletion = { reason: 'FRAUD', note: null, commissions: 'reverse' } as const;
  const seenBy = { partnershipId, partnerId, programId, customerSince: '2026-05-01T12:00:00.000Z' };
  const deleted = (seen: typeof seenBy | null) => ({
    type: 'customer.deleted' as const,
    companyId,
    occurredAt: clock.now(),
    data: { customerId: newId('Customer'), ...deletion, seenBy: seen },
  });
  await publish(app, deleted(null), deleted(seenBy));
  const data = await eventually(async () => {
    const { body } = await notices(app, { companyId, partnershipId, partnerId, programId, email: '' });
    return body.data.length > 0 ? body.data : undefined;
  });
  expect(data).toMatchObject([
    {
      kind: 'customer.deleted',
      title: 'A customer of yours was deleted',
      data: {
        customerId: expect.stringMatching(/^cus_/),
        programId: expect.stringMatching(/^prg_/),
        reason: 'FRAUD',
      },
    },
  ]);
  expect(data[0].data).not.toHaveProperty('seenBy');
});
