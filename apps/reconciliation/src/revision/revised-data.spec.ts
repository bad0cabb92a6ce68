import { changesBetween } from './changes.js';
import { revisedData } from './revised-data.js';

describe('a revision', () => {
  const webhook = { integrationId: 'i', requestId: 'r', externalId: 'evt_1', receivedAt: '2026-05-01' };
  const order = { orderKey: 'o-1', amount: 1999, email: null };

  it('replaces a webhook by its body and leaves alone what its signature proved', () => {
    const revised = revisedData('webhook.received', webhook, { kind: 'body', body: '{}' });
    expect(revised).toEqual({ ...webhook, body: '{}' });
  });

  it('takes whole data for any other event, and only with the fields of the original', () => {
    const corrected = { ...order, amount: 2999 };
    expect(revisedData('order.placed', order, { kind: 'data', data: corrected })).toEqual(corrected);
    const revise = () =>
      revisedData('order.placed', order, { kind: 'data', data: { orderKey: 'o-1', amount: 1, emial: null } });
    expect(revise).toThrow(
      expect.objectContaining({
        code: 'revision.fields_differ',
        errors: [
          { field: 'data.email', message: 'is missing' },
          { field: 'data.emial', message: 'is not a field of this event' },
        ],
      }),
    );
  });

  it.each([
    ['webhook.received', { kind: 'data', data: webhook }],
    ['order.placed', { kind: 'body', body: '{}' }],
  ] as const)('refuses the wrong kind of correction for %s', (type, correction) => {
    expect(() => revisedData(type, order, correction)).toThrow(
      expect.objectContaining({ code: 'revision.wrong_kind' }),
    );
  });

  it('shows what it changed, looking into bodies that are JSON', () => {
    expect(
      changesBetween({ body: '{"amount":"19.99","a/b":1}' }, { body: '{"amount":1999,"c":[2]}' }),
    ).toEqual([
      { path: '/body/amount', before: '19.99', after: 1999 },
      { path: '/body/a~1b', before: 1, after: null },
      { path: '/body/c', before: null, after: [2] },
    ]);
    expect(changesBetween({ body: 'no json' }, { body: '{"amount":1}' })).toEqual([
      { path: '/body', before: 'no json', after: { amount: 1 } },
    ]);
  });
});
