import { asAdmin, FixedClock } from '#testing';
import { ApprovalsApp } from './approvals-app.js';

describe('application forms and rules', () => {
  const clock = new FixedClock('2026-05-01T12:00:00.000Z');
  let app: ApprovalsApp;

  beforeAll(async () => {
    app = await ApprovalsApp.start(clock);
  });

  afterAll(() => app.close());

  const publishForm = (program: string, fields: object[], owner = app.company) =>
    app.call('POST', `/v1/programs/${program}/application-form`, { fields }, owner);
  const publishRules = (program: string, rules: object[], owner = app.company) =>
    app.call('POST', `/v1/programs/${program}/application-rules`, { rules }, owner);
  const requirements = async (partner: Record<string, string>, program: string) =>
    app.server.call('GET', `/v1/partner/application-forms/${program}`, partner);
  const WEBSITE = { key: 'website', label: 'Your website', type: 'url', required: true };
  const AUDIENCE = { key: 'audience', label: 'Your audience', type: 'choice', choices: ['blog', 'shop'] };

  it('tells who is about to apply what the program asks for', async () => {
    const [{ headers }, program] = [await app.newPartner(), await app.openProgram()];
    expect((await requirements(headers, program)).body).toMatchObject({
      companyName: 'Lighthouse GmbH',
      fields: [],
      countryNeeded: false,
      terms: null,
      invitation: null,
    });
    await publishForm(program, [WEBSITE, AUDIENCE]);
    await publishRules(program, [{ name: 'German', countries: ['DE'], decision: 'approve' }]);
    await app.call('POST', `/v1/programs/${program}/terms`, { text: 'Be honest.' });
    expect((await requirements(headers, program)).body).toMatchObject({
      fields: [{ key: 'website', required: true }, { choices: ['blog', 'shop'] }],
      countryNeeded: true,
      terms: { version: 1, text: 'Be honest.' },
    });
  });

  it('checks the answers by field and keeps them with the labels they were asked by', async () => {
    const [{ headers }, program] = [await app.newPartner(), await app.openProgram()];
    await publishForm(program, [WEBSITE, AUDIENCE]);
    const wrong = await app.apply(headers, program, { answers: { audience: 'radio', phone: '1' } });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'answers.invalid' } });
    expect(wrong.body.errors.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['answers.website', 'answers.audience', 'answers.phone']),
    );
    const { body } = await app.apply(headers, program, { answers: { website: 'https://pia.example' } });
    await publishForm(program, [{ ...WEBSITE, label: 'Homepage' }]);
    const list = await app.call('GET', '/v1/applications?state=pending');
    expect(list.body.data.find(({ id }: { id: string }) => id === body.id).answers).toEqual([
      { key: 'website', label: 'Your website', value: 'https://pia.example' },
    ]);
  });

  it('numbers forms and rules one after the other', async () => {
    const program = await app.openProgram();
    const forms = await Promise.all([publishForm(program, [WEBSITE]), publishForm(program, [])]);
    const rules = await Promise.all([publishRules(program, []), publishRules(program, [])]);
    for (const versions of [forms, rules]) {
      expect(new Set(versions.map(({ body }) => body.version))).toEqual(new Set([1, 2]));
    }
    const read = await app.call('GET', `/v1/programs/${program}/application-rules`);
    expect(read.body).toMatchObject({ version: 2, rules: [] });
  });

  it('goes by the domain that mail is delivered to, whatever stands before it', async () => {
    const program = await app.openProgram();
    await publishRules(program, [
      { name: 'Own people', emailDomains: ['agency.example'], decision: 'approve' },
    ]);
    const mallory = await app.newPartner();
    await asAdmin(app.server.database, 'update access.partner set email = $1 where email = $2', [
      '"x@agency.example@y"@evil.example',
      mallory.email,
    ]);
    expect((await app.apply(mallory.headers, program)).body).toMatchObject({ state: 'pending' });
  });

  it('B-22 approves, declines or waits by the first rule that is met, and says which one it was', async () => {
    const program = await app.openProgram();
    const { body: gold } = await app.call('POST', `/v1/programs/${program}/groups`, { name: 'Gold' });
    await publishRules(program, [
      {
        name: 'Own people',
        emailDomains: ['example.test'],
        countries: ['DE'],
        decision: 'approve',
        groupId: gold.id,
      },
      { name: 'Look twice', countries: ['FR'], decision: 'review' },
      { name: 'All others', decision: 'decline', reason: 'We take partners from Germany and France only.' },
    ]);
    const [one, two, three] = [await app.newPartner(), await app.newPartner(), await app.newPartner()];
    const approved = await app.apply(one.headers, program, { country: 'DE' });
    expect(approved).toMatchObject({
      status: 201,
      body: {
        state: 'approved',
        reviewedAt: '2026-05-01T12:00:00.000Z',
        automaticDecision: { decision: 'approve', by: 'rule', rule: 'Own people', rulesVersion: 1 },
      },
    });
    expect(await app.tabs(one.headers, program)).toMatchObject({ links: 'open' });
    const members = await app.call('GET', `/v1/partnerships?groupId=${gold.id}`);
    expect(members.body.data).toMatchObject([{ id: approved.body.partnershipId, group: { name: 'Gold' } }]);

    const waiting = await app.apply(two.headers, program, { country: 'FR' });
    expect(waiting.body).toMatchObject({
      state: 'pending',
      automaticDecision: {
        rule: 'Look twice',
        trace: [
          {
            rule: 'Own people',
            isMet: false,
            checks: [
              { condition: 'country', required: 'DE', actual: 'FR', isMet: false },
              { condition: 'email_domain', isMet: true },
            ],
          },
          { rule: 'Look twice', isMet: true },
        ],
      },
    });

    const read = (owner = app.company) =>
      app.call('GET', `/v1/applications/${waiting.body.id}`, undefined, owner);
    expect((await read()).body).toEqual(waiting.body);
    expect(await read(app.other)).toMatchObject({ status: 404 });

    const declined = await app.apply(three.headers, program, { country: 'US' });
    expect(declined.body).toMatchObject({ state: 'declined', automaticDecision: { rule: 'All others' } });
    expect(await app.summary(three.headers, program)).toMatchObject({
      state: 'declined',
      reason: 'We take partners from Germany and France only.',
    });
    const events = await asAdmin(
      app.server.database,
      `select data->>'outcome' as outcome from bus.event where type = 'application.reviewed' order by event_id`,
    );
    expect(events).toEqual([{ outcome: 'approved' }, { outcome: 'declined' }]);
  });

  it('asks for the country only where a rule does', async () => {
    const program = await app.openProgram();
    const { headers } = await app.newPartner();
    await publishRules(program, [{ name: 'German', countries: ['DE'], decision: 'approve' }]);
    expect(await app.apply(headers, program)).toMatchObject({
      status: 422,
      body: { code: 'country.missing', errors: [{ field: 'country' }] },
    });
    expect(await app.apply(headers, program, { country: 'de' })).toMatchObject({ status: 422 });
    expect(await app.apply(headers, program, { country: 'XX' })).toMatchObject({ status: 422 });
    expect(await app.apply(headers, program, { country: 'DE' })).toMatchObject({
      status: 201,
      body: { state: 'approved', country: 'DE' },
    });
  });

  it('leaves whom the company once removed to the company, whatever the rules say', async () => {
    const program = await app.openProgram();
    const { headers } = await app.newPartner();
    await publishRules(program, [{ name: 'Everyone', decision: 'approve' }]);
    const { body: first } = await app.apply(headers, program);
    await app.call('POST', `/v1/partnerships/${first.partnershipId}/remove`, { reason: 'Spam' });
    expect((await app.apply(headers, program)).body).toMatchObject({
      state: 'pending',
      automaticDecision: { decision: 'review', by: 'removal', trace: [] },
    });
  });

  const ALL = { name: 'All', decision: 'approve' };
  it.each([
    ['a decline without a reason', [{ name: 'A', countries: ['DE'], decision: 'decline' }], 'rules.0.reason'],
    ['a rule after one that everyone meets', [ALL, { ...ALL, name: 'B', invited: true }], 'rules.1'],
    [
      'two rules of one name',
      [
        { ...ALL, invited: true },
        { ...ALL, name: 'ALL' },
      ],
      'rules.1.name',
    ],
    ['no country in a list of countries', [{ ...ALL, countries: [] }], 'rules.0.countries'],
    ['a country that is none', [{ ...ALL, countries: ['XX'] }], 'rules.0.countries'],
    ['a domain that is none', [{ ...ALL, emailDomains: ['@example.com'] }], 'rules.0.emailDomains'],
    ['an unknown decision', [{ ...ALL, decision: 'maybe' }], 'rules.0.decision'],
  ])('refuses %s by field', async (_what, rules, field) => {
    const answer = await publishRules(await app.openProgram(), rules);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  it('refuses a group for the declined, and a group of another program', async () => {
    const [program, elsewhere] = [await app.openProgram(), await app.openProgram()];
    const groupOf = async (of: string) =>
      (await app.call('GET', `/v1/programs/${of}/groups`)).body.data[0].id;
    const decline = { name: 'A', decision: 'decline', reason: 'No.', groupId: await groupOf(program) };
    const refused = { status: 422, body: { errors: [{ field: 'rules.0.groupId' }] } };
    expect(await publishRules(program, [decline])).toMatchObject(refused);
    const foreign = { ...ALL, groupId: await groupOf(elsewhere) };
    expect(await publishRules(program, [foreign])).toMatchObject(refused);
  });

  it('keeps a group that the rules in force name', async () => {
    const program = await app.openProgram();
    const { body: gold } = await app.call('POST', `/v1/programs/${program}/groups`, { name: 'Gold' });
    await publishRules(program, [{ ...ALL, groupId: gold.id }]);
    const archive = () => app.call('POST', `/v1/programs/${program}/groups/${gold.id}/archive`, {});
    expect(await archive()).toMatchObject({ status: 409, body: { code: 'group.in_use' } });
    await publishRules(program, []);
    expect(await archive()).toMatchObject({ status: 200 });
  });

  it.each([
    ['a key twice', [WEBSITE, WEBSITE], 'fields.1.key'],
    ['a choice of one', [{ ...AUDIENCE, choices: ['blog'] }], 'fields.0.choices'],
    ['choices of a text', [{ ...WEBSITE, choices: ['a', 'b'] }], 'fields.0.choices'],
  ])('refuses a form with %s by field', async (_what, fields, field) => {
    const answer = await publishForm(await app.openProgram(), fields);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  it('B-01 hides and refuses the forms and rules of another company', async () => {
    const program = await app.openProgram();
    const hidden = { status: 404 };
    expect(await publishForm(program, [], app.other)).toMatchObject(hidden);
    expect(await publishRules(program, [], app.other)).toMatchObject(hidden);
    for (const list of ['application-form', 'application-rules']) {
      const path = `/v1/programs/${program}/${list}`;
      expect(await app.call('GET', path, undefined, app.other)).toMatchObject(hidden);
    }
  });
});
