import { type Id, newId, publicId } from '#kernel';
import { asCompany, asPartner } from '#testing';
import { may, AttributionApp } from './attribution-app.js';
import { order, signup } from './facts.js';

describe('what a company can read', () => {
  let service: AttributionApp;
  let company: Id<'Company'>;

  beforeAll(async () => {
    service = await AttributionApp.start();
  });
  beforeEach(() => {
    company = newId('Company');
  });
  afterAll(() => service.close());

  const get = (path: string, of = company) => service.app.call('GET', path, asCompany(of));

  it('lists its customers with their keys and whom they belong to, and no one else’s', async () => {
    const anna = await service.partner(company);
    const click = await service.click(anna, may(1));
    await service.handle(
      signup(company, { at: may(2), customer: 'c1', click, email: 'jane@example.com' }),
      signup(newId('Company'), { at: may(2), customer: 'c2' }),
    );
    const { status, body } = await get('/v1/customers');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: [
        {
          id: expect.stringMatching(/^cus_/),
          customerKey: 'c1',
          email: 'jane@example.com',
          signedUpAt: may(2).toISOString(),
          firstOrderAt: null,
          binding: {
            partnershipId: publicId('Partnership', anna.partnershipId),
            programId: publicId('Program', anna.programId),
            boundAt: may(2).toISOString(),
            byKind: 'signup',
            byKey: 'c1',
          },
          state: 'live',
          assignment: null,
          deletion: null,
        },
      ],
      nextCursor: null,
    });
    expect((await get('/v1/customers?customerKey=c2')).body.data).toEqual([]);
  });

  it('reads a decision with every revision, every candidate and the partnerships', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    const first = await service.click(anna, may(1));
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', click: first }));
    await service.arrive(service.unstoredClick(bert, may(2), first));
    const { body: page } = await get('/v1/decisions?subjectKey=o1');
    expect(page.data).toMatchObject([
      {
        revision: 2,
        subjectKind: 'order',
        cause: 'late_click',
        winner: { partnershipId: publicId('Partnership', bert.partnershipId), method: 'last_click' },
        reason: { code: 'CREDITED_LAST_CLICK' },
      },
    ]);
    const { body } = await get(`/v1/decisions/${page.data[0].id}`);
    expect(body.revisions).toMatchObject([
      { revision: 1, candidates: [{ reason: { code: 'WON' } }] },
      {
        revision: 2,
        candidates: [
          { partnershipId: publicId('Partnership', bert.partnershipId), reason: { code: 'WON' } },
          {
            partnershipId: publicId('Partnership', anna.partnershipId),
            clickId: publicId('Click', first.clickId),
            reason: { code: 'OTHER_PARTNER_LAST_CLICK' },
          },
        ],
      },
    ]);
    expect(await get(`/v1/decisions/${page.data[0].id}`, newId('Company'))).toMatchObject({ status: 404 });
  });

  it('pages through decisions, the newest first', async () => {
    for (const n of [1, 2, 3]) {
      await service.handle(order(company, `o${n}`, { at: may(n), customer: `c${n}` }));
    }
    const first = await get('/v1/decisions?limit=2');
    const second = await get(`/v1/decisions?limit=2&cursor=${first.body.nextCursor}`);
    const keys = [...first.body.data, ...second.body.data].map(({ subjectKey }) => subjectKey);
    expect(keys).toEqual(['o3', 'o2', 'o1']);
    expect(second.body.nextCursor).toBeNull();
  });

  it('refuses a partner, a key without the scope, and a malformed id', async () => {
    expect(await service.app.call('GET', '/v1/customers', asPartner(newId('Partner')))).toMatchObject({
      status: 403,
    });
    const blind = asCompany(company, ['programs:read']);
    expect(await service.app.call('GET', '/v1/decisions', blind)).toMatchObject({
      status: 403,
      body: { code: 'scope_missing' },
    });
    expect(await get('/v1/decisions/nonsense')).toMatchObject({
      status: 422,
      body: { code: 'id.malformed' },
    });
  });
});
