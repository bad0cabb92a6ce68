import { MikroORM } from '@mikro-orm/postgresql';
import { companyScope, Database } from '#database';
import { DAY_MS, type Id, parseId, SystemClock } from '#kernel';
import {
  addCompany,
  addPartner,
  asCompany,
  asPartner,
  FixedClock,
  startTestApp,
  type TestApp,
} from '#testing';
import { APPROVALS } from '../src/service.js';
import { ApprovalsApp } from './approvals-app.js';

/** Which group counts now is read by the database's clock: what the tests do is just past, what they plan is not. */
const now = Date.now() - 60 * 60 * 1000;
const inDays = (days: number) => new Date(now + days * DAY_MS).toISOString();

describe('groups', () => {
  const clock = new FixedClock(inDays(0));
  let app: TestApp;
  let company: Id<'Company'>;
  let other: Id<'Company'>;

  beforeAll(async () => {
    app = await startTestApp([APPROVALS], { clock });
    company = await addCompany(app.database, 'Lighthouse GmbH');
    other = await addCompany(app.database, 'Harbour Ltd');
  });

  afterAll(() => app.close());

  beforeEach(() => clock.advance(1_000));

  let count = 0;
  const openProgram = async (settings: object = {}, owner = company): Promise<string> => {
    count += 1;
    const body = { name: `Program ${count}`, slug: `program-${count}`, ...settings };
    return (await app.call('POST', '/v1/programs', asCompany(owner), body)).body.id;
  };
  const call = (method: string, program: string, path: string, body?: object, owner = company) =>
    app.call(method, `/v1/programs/${program}/groups${path}`, asCompany(owner), body);
  const create = (program: string, body: object, owner = company) => call('POST', program, '', body, owner);
  const list = async (program: string, owner = company) =>
    (await call('GET', program, '', undefined, owner)).body;
  const join = async (program: string) => {
    const partner = asPartner((await addPartner(app.database, 'Pia Partner')).partnerId);
    const { body } = await app.call('POST', '/v1/partner/applications', partner, { programId: program });
    await app.call('POST', `/v1/applications/${body.id}/approve`, asCompany(company), {});
    return { partner, partnership: body.partnershipId as string };
  };
  const move = (partnership: string, body: object, owner = company) =>
    app.call('POST', `/v1/partnerships/${partnership}/move`, asCompany(owner), body);
  const tabsOf = async (partner: Record<string, string>, program: string) =>
    Object.fromEntries(
      (await app.call('GET', `/v1/partner/programs/${program}`, partner)).body.tabs.map(
        ({ tab, reason }: Record<string, string>) => [tab, reason ?? 'open'],
      ),
    );

  it('gives every program a group that partners start in', async () => {
    const program = await openProgram();
    const { data } = await list(program);
    expect(data).toMatchObject([{ name: 'Partners', isDefault: true, linksEnabled: null, archivedAt: null }]);
    const { partnership } = await join(program);
    const page = await app.call('GET', `/v1/partnerships?groupId=${data[0].id}`, asCompany(company));
    expect(page.body.data).toMatchObject([
      { id: partnership, group: { id: data[0].id, name: 'Partners' }, nextGroup: null },
    ]);
  });

  it('starts partners in another group once that is the default, and moves nobody by it', async () => {
    const program = await openProgram();
    const before = await join(program);
    const { body: vip } = await create(program, { name: 'VIP' });
    expect(await call('PATCH', program, `/${vip.id}`, { isDefault: true })).toMatchObject({
      status: 200,
      body: { isDefault: true },
    });
    const after = await join(program);
    const { data } = (await app.call('GET', `/v1/partnerships?programId=${program}`, asCompany(company)))
      .body;
    const groupOf = Object.fromEntries(
      data.map(({ id, group }: { id: string; group: { name: string } }) => [id, group.name]),
    );
    expect(groupOf).toEqual({ [before.partnership]: 'Partners', [after.partnership]: 'VIP' });
    expect((await list(program)).data.map(({ isDefault }: { isDefault: boolean }) => isDefault)).toEqual(
      expect.arrayContaining([true, false]),
    );
  });

  it('puts who applies while the default changes into the one or the other', async () => {
    const program = await openProgram();
    const { body: vip } = await create(program, { name: 'VIP' });
    const [standard] = (await list(program)).data.filter(
      ({ isDefault }: { isDefault: boolean }) => isDefault,
    );
    const swap = async () => {
      for (const { id } of [vip, standard, vip]) await call('PATCH', program, `/${id}`, { isDefault: true });
    };
    const joined = await Promise.all([join(program), join(program), swap(), join(program)]);
    for (const member of joined) {
      if (!member) continue;
      const { body } = await app.call('GET', `/v1/partnerships/${member.partnership}`, asCompany(company));
      expect(['Partners', 'VIP']).toContain(body.group.name);
    }
  });

  it('B-27 B-28 lets a group differ from its program in links, leads and deals', async () => {
    const program = await openProgram({ leadsEnabled: true, linksEnabled: false });
    const { partner, partnership } = await join(program);
    expect(await tabsOf(partner, program)).toMatchObject({
      links: 'LEADS_PROGRAM',
      leads: 'open',
      deals: 'DEALS_NOT_ENABLED',
    });
    const { body: resellers } = await create(program, {
      name: 'Resellers',
      linksEnabled: true,
      leadsEnabled: false,
      dealsEnabled: true,
    });
    expect(await move(partnership, { groupId: resellers.id })).toMatchObject({
      status: 200,
      body: { group: { name: 'Resellers' }, linksEnabled: true, leadsEnabled: false, dealsEnabled: true },
    });
    expect(await tabsOf(partner, program)).toMatchObject({
      links: 'open',
      leads: 'LEADS_NOT_ENABLED',
      deals: 'open',
    });
    await call('PATCH', program, `/${resellers.id}`, { linksEnabled: null });
    expect(await tabsOf(partner, program)).toMatchObject({ links: 'DEALS_PROGRAM' });
    await app.call('PATCH', `/v1/partnerships/${partnership}`, asCompany(company), { linksEnabled: true });
    expect(await tabsOf(partner, program)).toMatchObject({ links: 'open' });
  });

  it('publishes every group a partner was in, with its time, and a planned move too', async () => {
    const program = await openProgram();
    const { partnership } = await join(program);
    const [gold, silver] = [
      (await create(program, { name: 'Gold' })).body,
      (await create(program, { name: 'Silver' })).body,
    ];
    clock.advance(1_000);
    await move(partnership, { groupId: gold.id });
    const planned = await move(partnership, { groupId: silver.id, effectiveFrom: inDays(30) });
    expect(planned.body).toMatchObject({
      group: { name: 'Gold' },
      nextGroup: { name: 'Silver', since: inDays(30) },
    });
    const published = () =>
      new Database(app.app.get(MikroORM), 'approvals').transaction(companyScope(company), (tx) =>
        tx.query<{ name: string }>(
          `select g.name from approvals.published_partnership_group m
             join approvals.published_group g using (company_id, program_id, group_id)
            where m.partnership_id = $1 order by m.effective_from`,
          [parseId('Partnership', partnership)],
        ),
      );
    expect((await published()).map(({ name }) => name)).toEqual(['Partners', 'Gold', 'Silver']);
    const replanned = await move(partnership, { groupId: gold.id, effectiveFrom: inDays(20) });
    expect(replanned.body).toMatchObject({ nextGroup: { name: 'Gold', since: inDays(20) } });
    expect((await published()).map(({ name }) => name)).toEqual(['Partners', 'Gold', 'Gold']);
  });

  it('refuses a move into the past, too far ahead, or to a group of another program, by field', async () => {
    const [program, elsewhere] = [await openProgram(), await openProgram()];
    const { partnership } = await join(program);
    const { body: group } = await create(program, { name: 'Gold' });
    const at = (effectiveFrom: string) => move(partnership, { groupId: group.id, effectiveFrom });
    const refused = (field: string) => ({ status: 422, body: { errors: [{ field }] } });
    expect(await at(inDays(-1))).toMatchObject(refused('effectiveFrom'));
    expect(await at(inDays(367))).toMatchObject(refused('effectiveFrom'));
    expect(await at('2027-02-30T00:00:00Z')).toMatchObject(refused('effectiveFrom'));
    expect(await at('tomorrow')).toMatchObject(refused('effectiveFrom'));
    expect(await at(inDays(366))).toMatchObject({ status: 200 });
    const [{ id: foreign }] = (await list(elsewhere)).data;
    expect(await move(partnership, { groupId: foreign })).toMatchObject({
      status: 422,
      body: { code: 'group.not_of_program', errors: [{ field: 'groupId' }] },
    });
  });

  it('archives an empty group, and takes no partner into it any more', async () => {
    const program = await openProgram();
    const { partnership } = await join(program);
    const { body: gold } = await create(program, { name: 'Gold' });
    const archive = (id: string) => call('POST', program, `/${id}/archive`, {});
    await move(partnership, { groupId: gold.id });
    expect(await archive(gold.id)).toMatchObject({ status: 409, body: { code: 'group.in_use' } });
    const [standard] = (await list(program)).data.filter(
      ({ isDefault }: { isDefault: boolean }) => isDefault,
    );
    clock.advance(1_000);
    await move(partnership, { groupId: gold.id, effectiveFrom: inDays(9) });
    await move(partnership, { groupId: standard.id });
    expect(await archive(standard.id)).toMatchObject({ status: 409, body: { code: 'group.is_default' } });
    clock.advance(1_000);
    const archived = await archive(gold.id);
    expect(archived).toMatchObject({ status: 200 });
    expect(archived.body.archivedAt).not.toBeNull();
    expect(await move(partnership, { groupId: gold.id })).toMatchObject({
      status: 422,
      body: { code: 'group.archived' },
    });
    expect(await call('PATCH', program, `/${gold.id}`, { isDefault: true })).toMatchObject({ status: 409 });
    expect(await create(program, { name: 'gold' })).toMatchObject({ status: 201 });
  });

  it('keeps names unique in a program, whatever their case', async () => {
    const [program, elsewhere] = [await openProgram(), await openProgram()];
    const { body: gold } = await create(program, { name: 'Gold' });
    const taken = { status: 409, body: { code: 'group.name_taken' } };
    expect(await create(program, { name: 'GOLD' })).toMatchObject(taken);
    const { body: silver } = await create(program, { name: 'Silver' });
    expect(await call('PATCH', program, `/${silver.id}`, { name: 'gold' })).toMatchObject(taken);
    expect(await call('PATCH', program, `/${gold.id}`, { name: 'gold' })).toMatchObject({ status: 200 });
    expect(await create(elsewhere, { name: 'Gold' })).toMatchObject({ status: 201 });
    expect(await create(program, { name: ' ' })).toMatchObject({ status: 422 });
    expect(await create(program, { name: 'n'.repeat(121) })).toMatchObject({ status: 422 });
    expect(await create(program, { name: 'n'.repeat(120) })).toMatchObject({ status: 201 });
  });

  it('lists groups by pages', async () => {
    const program = await openProgram();
    for (const name of ['A', 'B']) await create(program, { name });
    const first = (await call('GET', program, '?limit=2')).body;
    const second = (await call('GET', program, `?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.data, ...second.data].map(({ name }) => name)).toEqual(['B', 'A', 'Partners']);
    expect(second.nextCursor).toBeNull();
  });

  it('B-01 hides and refuses everything of another company', async () => {
    const [program, theirs] = [await openProgram(), await openProgram({}, other)];
    const { partnership } = await join(program);
    const { body: gold } = await create(program, { name: 'Gold' });
    const [{ id: foreign }] = (await list(theirs, other)).data;
    const hidden = { status: 404 };
    expect(await call('GET', program, '', undefined, other)).toMatchObject(hidden);
    expect(await call('GET', program, `/${gold.id}`, undefined, other)).toMatchObject(hidden);
    expect(await call('PATCH', program, `/${gold.id}`, { name: 'Mine' }, other)).toMatchObject(hidden);
    expect(await call('POST', program, `/${gold.id}/archive`, {}, other)).toMatchObject(hidden);
    expect(await create(program, { name: 'Mine' }, other)).toMatchObject(hidden);
    expect(await move(partnership, { groupId: foreign }, other)).toMatchObject(hidden);
    expect(await move(partnership, { groupId: foreign })).toMatchObject({ status: 422 });
  });
});

describe('a move that holds at once', () => {
  it('is what the answer shows, not a plan', async () => {
    const app = await ApprovalsApp.start(new SystemClock());
    const [{ headers }, program] = [await app.newPartner(), await app.openProgram()];
    const partnership = await app.join(headers, program);
    const { body: gold } = await app.call('POST', `/v1/programs/${program}/groups`, { name: 'Gold' });
    const path = `/v1/partnerships/${partnership}/move`;
    expect((await app.call('POST', path, { groupId: gold.id })).body).toMatchObject({
      group: { id: gold.id, name: 'Gold' },
      nextGroup: null,
    });
    await app.close();
  });
});
