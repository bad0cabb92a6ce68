import { parseId } from '#kernel';
import { asAdmin, FixedClock } from '#testing';
import { ApprovalsApp } from './approvals-app.js';

describe('new terms', () => {
  const clock = new FixedClock('2026-05-01T12:00:00.000Z');
  let app: ApprovalsApp;

  beforeAll(async () => {
    app = await ApprovalsApp.start(clock);
  });

  afterAll(() => app.close());

  it('B-36 B-37 B-38 B-39 shut links, leads and deals until accepted, and leave messages open', async () => {
    const { headers } = await app.newPartner();
    const program = await app.openProgram({ leadsEnabled: true, dealsEnabled: true });
    await app.join(headers, program);
    const open = { links: 'open', leads: 'open', deals: 'open', messages: 'open' };
    expect(await app.tabs(headers, program)).toMatchObject(open);
    const shut = 'TERMS_NOT_ACCEPTED';
    for (const version of [1, 2]) {
      await app.call('POST', `/v1/programs/${program}/terms`, { text: `Version ${version}` });
      expect(await app.tabs(headers, program)).toMatchObject({
        links: shut,
        leads: shut,
        deals: shut,
        messages: 'open',
      });
      const path = `/v1/partner/programs/${program}/terms-acceptances`;
      expect(await app.server.call('POST', path, headers, { version })).toMatchObject({ status: 201 });
      expect(await app.tabs(headers, program)).toMatchObject(open);
    }
  });

  it('B-08 are shown to wait in the list of programs', async () => {
    const { headers } = await app.newPartner();
    const [asks, asksNothing] = [await app.openProgram(), await app.openProgram()];
    await app.call('POST', `/v1/programs/${asks}/terms`, { text: 'Be honest.' });
    for (const program of [asks, asksNothing]) await app.join(headers, program);
    const waiting = async () =>
      Object.fromEntries(
        (await app.server.call('GET', '/v1/partner/programs', headers)).body.data.map(
          ({ programId, termsToAccept }: { programId: string; termsToAccept: boolean }) => [
            programId,
            termsToAccept,
          ],
        ),
      );
    expect(await waiting()).toEqual({ [asks]: true, [asksNothing]: false });
    await app.leave(headers, asks);
    expect(await waiting()).toMatchObject({ [asks]: false });
  });

  it('ask every approved partner of the program, and nobody else', async () => {
    const [program, elsewhere] = [await app.openProgram(), await app.openProgram()];
    const [one, two, gone, pending, stranger] = await Promise.all(
      Array.from({ length: 5 }, () => app.newPartner()),
    );
    if (!one || !two || !gone || !pending || !stranger) throw new Error('five partners were asked for');
    const members = [await app.join(one.headers, program), await app.join(two.headers, program)];
    await app.join(gone.headers, program);
    await app.leave(gone.headers, program);
    await app.apply(pending.headers, program);
    await app.join(stranger.headers, elsewhere);
    await app.call('POST', `/v1/programs/${program}/terms`, { text: 'Be honest.' });
    const asked = await asAdmin<{ partnership: string; version: string }>(
      app.server.database,
      `select data->>'partnershipId' as partnership, data->>'version' as version from bus.event
        where type = 'terms.published' and data->>'programId' = $1`,
      [parseId('Program', program)],
    );
    expect(new Set(asked.map(({ partnership }) => partnership))).toEqual(
      new Set(members.map((id) => parseId('Partnership', id))),
    );
    expect(asked.every(({ version }) => version === '1')).toBe(true);
  });
});
