import { randomInt } from 'node:crypto';
import { type Id, newId, parseId, publicId } from '#kernel';
import { asAdmin, FixedClock } from '#testing';
import { ApprovalsApp } from './approvals-app.js';

/** Of three bytes each in UTF-8, and of no pattern that would compress. */
const randomCharacters = (count: number): string =>
  Array.from({ length: count }, () => String.fromCharCode(0x4e00 + randomInt(0x4000))).join('');

describe('link requests', () => {
  const clock = new FixedClock('2026-05-01T12:00:00.000Z');
  let app: ApprovalsApp;

  beforeAll(async () => {
    app = await ApprovalsApp.start(clock);
  });

  afterAll(() => app.close());

  const member = async (settings: object = { linksEnabled: false }) => {
    const { headers } = await app.newPartner();
    const program = await app.openProgram(settings);
    return { headers, program, partnership: await app.join(headers, program) };
  };
  type Member = Awaited<ReturnType<typeof member>>;
  const ask = ({ headers, program }: Member, body: object = {}) =>
    app.server.call('POST', `/v1/partner/programs/${program}/link-requests`, headers, body);
  const own = async ({ headers, program }: Member, query = '') =>
    (await app.server.call('GET', `/v1/partner/programs/${program}/link-requests${query}`, headers)).body;
  const grant = (id: string, linkId: string, owner = app.company) =>
    app.call('POST', `/v1/link-requests/${id}/grant`, { linkId }, owner);
  const refuse = (id: string, reason = 'Not for this page.', owner = app.company) =>
    app.call('POST', `/v1/link-requests/${id}/refuse`, { reason }, owner);

  /** A link as tracking stores it. */
  const linkFor = async ({ program, partnership }: Member): Promise<string> => {
    const linkId: Id<'Link'> = newId('Link');
    await asAdmin(
      app.server.database,
      `insert into tracking.link
         (company_id, link_id, program_id, partnership_id, slug, destination_url, created_at)
       values ($1, $2, $3, $4, $5, 'https://shop.example/boats', now())`,
      [app.company, linkId, parseId('Program', program), parseId('Partnership', partnership), linkId],
    );
    return publicId('Link', linkId);
  };

  it('B-27 B-30 opens links to a partner whose request is granted with a link', async () => {
    const pia = await member();
    expect(await app.tabs(pia.headers, pia.program)).toMatchObject({ links: 'LINKS_NOT_ENABLED' });
    const asked = await ask(pia, { destinationUrl: 'https://shop.example/boats', note: 'For my blog.' });
    expect(asked).toMatchObject({ status: 201, body: { state: 'pending', note: 'For my blog.' } });
    const waiting = await app.call('GET', `/v1/link-requests?state=pending&programId=${pia.program}`);
    expect(waiting.body.data).toMatchObject([{ id: asked.body.id, partnershipId: pia.partnership }]);

    const linkId = await linkFor(pia);
    expect(await grant(asked.body.id, linkId)).toMatchObject({
      status: 200,
      body: { state: 'granted', linkId, closedAt: '2026-05-01T12:00:00.000Z' },
    });
    expect(await app.tabs(pia.headers, pia.program)).toMatchObject({ links: 'open' });
    expect((await own(pia)).data).toMatchObject([{ state: 'granted', linkId }]);
    const events = await asAdmin(
      app.server.database,
      `select data->>'outcome' as outcome, data->>'destinationUrl' as url from bus.event
        where type = 'link_request.reviewed'`,
    );
    expect(events).toEqual([{ outcome: 'granted', url: 'https://shop.example/boats' }]);
  });

  it('B-30 keeps the reason of a refusal, and refuses to answer twice', async () => {
    const pia = await member();
    const { body } = await ask(pia);
    expect(await refuse(body.id, ' ')).toMatchObject({ status: 422 });
    expect(await refuse(body.id)).toMatchObject({
      status: 200,
      body: { state: 'refused', reason: 'Not for this page.', linkId: null },
    });
    expect(await app.tabs(pia.headers, pia.program)).toMatchObject({ links: 'LINKS_NOT_ENABLED' });
    const closed = { status: 409, body: { code: 'link_request.refused' } };
    expect(await refuse(body.id)).toMatchObject(closed);
    expect(await grant(body.id, await linkFor(pia))).toMatchObject(closed);
    expect(await ask(pia)).toMatchObject({ status: 201 });
  });

  it('grants no link of another partner', async () => {
    const [pia, paul] = [await member(), await member()];
    const { body } = await ask(pia);
    expect(await grant(body.id, await linkFor(paul))).toMatchObject({
      status: 422,
      body: { code: 'link.not_of_partner', errors: [{ field: 'linkId' }] },
    });
    expect((await own(pia)).data).toMatchObject([{ state: 'pending' }]);
  });

  it('waits for one answer per page, until it is withdrawn', async () => {
    const pia = await member();
    const answers = await Promise.all([ask(pia), ask(pia)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    expect(await ask(pia, { destinationUrl: 'https://shop.example/' })).toMatchObject({ status: 201 });
    const page = await own(pia, '?limit=1');
    const rest = await own(pia, `?limit=1&cursor=${page.nextCursor}`);
    expect([...page.data, ...rest.data].map(({ destinationUrl }) => destinationUrl)).toEqual([
      'https://shop.example/',
      null,
    ]);
    const path = `/v1/partner/programs/${pia.program}/link-requests/${rest.data[0].id}/withdraw`;
    const withdraw = () => app.server.call('POST', path, pia.headers, {});
    expect(await withdraw()).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
    expect(await withdraw()).toMatchObject({ status: 409, body: { code: 'link_request.withdrawn' } });
    expect(await ask(pia)).toMatchObject({ status: 201 });
  });

  it('is for approved partners, and wants an address that can be opened', async () => {
    const { headers } = await app.newPartner();
    const program = await app.openProgram();
    await app.apply(headers, program);
    expect(await ask({ headers, program, partnership: '' })).toMatchObject({
      status: 403,
      body: { code: 'partnership.pending' },
    });
    const pia = await member();
    // As many bytes as no index of PostgreSQL takes.
    const longest = `https://shop.example/${randomCharacters(2_000)}`;
    for (const destinationUrl of [
      'shop.example',
      'ftp://shop.example',
      'javascript:alert(1)',
      'https://a:b@shop.example',
      longest,
    ]) {
      expect(await ask(pia, { destinationUrl })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'destinationUrl' }] },
      });
    }
  });

  it('knows a page again, however its address is written', async () => {
    const pia = await member();
    const asked = await ask(pia, { destinationUrl: 'HTTPS://Shop.Example/böte' });
    expect(asked.body.destinationUrl).toBe('https://shop.example/b%C3%B6te');
    expect(await ask(pia, { destinationUrl: 'https://shop.example/b%C3%B6te' })).toMatchObject({
      status: 409,
      body: { code: 'link_request.pending' },
    });
  });

  it('B-01 hides and refuses the requests of other companies and other partners', async () => {
    const [pia, paul] = [await member(), await member()];
    const { body } = await ask(pia);
    const hidden = { status: 404 };
    expect(await refuse(body.id, 'x', app.other)).toMatchObject(hidden);
    expect(await grant(body.id, await linkFor(pia), app.other)).toMatchObject(hidden);
    expect((await app.call('GET', '/v1/link-requests', undefined, app.other)).body.data).toEqual([]);
    expect((await own(paul)).data).toEqual([]);
    const path = `/v1/partner/programs/${paul.program}/link-requests/${body.id}/withdraw`;
    expect(await app.server.call('POST', path, paul.headers, {})).toMatchObject(hidden);
  });
});
