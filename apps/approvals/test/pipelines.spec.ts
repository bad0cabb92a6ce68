import { ReferralApp } from './referral-app.js';

const STAGES = [
  { key: 'inbox', name: 'Inbox' },
  { key: 'demo', name: 'Demo held' },
];
const FIELDS = [
  { key: 'size', label: 'How many people work there?', type: 'number', required: true },
  { key: 'plan', label: 'Which plan?', type: 'choice', choices: ['Basic', 'Pro'] },
  { key: 'site', label: 'Website', type: 'url' },
  { key: 'since', label: 'Since when do you know them?', type: 'date' },
  { key: 'agreed', label: 'Do they know that you refer them?', type: 'yes_no' },
  { key: 'second', label: 'A second address', type: 'email' },
];

describe('pipelines', () => {
  let service: ReferralApp;

  beforeAll(async () => {
    service = await ReferralApp.start();
  });

  afterAll(() => service.close());

  const publish = (program: string, body: object, owner = service.company) =>
    service.ofCompany('POST', `/v1/programs/${program}/pipelines`, body, owner);

  it('starts with built-in stages, manual review and 90 days of protection for deals', async () => {
    const member = await service.join(await service.program());
    expect((await service.read(member, '/lead-form')).body).toMatchObject({
      kind: 'lead',
      version: 0,
      fields: [],
      review: 'manual',
      protectionDays: null,
      stages: [{ key: 'new' }, { key: 'qualified' }],
    });
    expect((await service.read(member, '/deal-form')).body).toMatchObject({
      protectionDays: 90,
      stages: [{ key: 'new' }, { key: 'qualified' }, { key: 'proposal' }, { key: 'negotiation' }],
    });
  });

  it('asks the questions of its newest version, and keeps answers with the label they were asked by', async () => {
    const program = await service.program();
    const member = await service.join(program);
    expect(await publish(program, { kind: 'lead', stages: STAGES, fields: FIELDS })).toMatchObject({
      status: 201,
      body: { version: 1, groupId: null, fields: FIELDS.map(({ key }) => ({ key })) },
    });
    const answers = {
      size: 40,
      plan: 'Pro',
      site: 'https://acme.example',
      since: '2025-12-31',
      agreed: true,
    };
    const { body: lead } = await service.submitLead(member, { answers });
    await publish(program, { kind: 'lead', stages: STAGES.slice(1) });
    expect((await service.read(member, '/lead-form')).body).toMatchObject({ version: 2, fields: [] });
    const { body } = await service.read(member, `/leads/${lead.id}`);
    expect(body.answers).toContainEqual({ key: 'size', label: 'How many people work there?', value: 40 });
    expect(body.stage).toEqual({ key: 'inbox', name: 'Inbox' });
  });

  it.each([
    ['no answer to a required question', {}, 'size', 'is required'],
    ['a text instead of a number', { size: 'big' }, 'size', 'a number'],
    ['a choice that was not offered', { size: 1, plan: 'Gold' }, 'plan', 'one of Basic, Pro'],
    ['an address without a protocol', { size: 1, site: 'acme.example' }, 'site', 'https://'],
    ['a day that is none', { size: 1, since: '2025-02-29' }, 'since', '2026-05-31'],
    ['a text instead of yes or no', { size: 1, agreed: 'yes' }, 'agreed', 'true or false'],
    ['an e-mail address that is none', { size: 1, second: 'ada' }, 'second', 'e-mail'],
    ['a question that was not asked', { size: 1, colour: 'red' }, 'colour', 'not a field of this form'],
  ])('refuses %s by field, saying what would be right', async (_what, answers, field, message) => {
    const program = await service.program();
    await publish(program, { kind: 'lead', stages: STAGES, fields: FIELDS });
    const answer = await service.submitLead(await service.join(program), { answers });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'answers.invalid',
        errors: [{ field: `answers.${field}`, message: expect.stringContaining(message) }],
      },
    });
  });

  it("gives a group's partners their own stages, and the others the program's", async () => {
    const program = await service.program();
    const [gold, plain] = [await service.join(program), await service.join(program)];
    const { body: group } = await service.ofCompany('POST', `/v1/programs/${program}/groups`, {
      name: 'Gold',
    });
    await service.ofCompany('POST', `/v1/partnerships/${gold.partnershipId}/move`, { groupId: group.id });
    await publish(program, { kind: 'lead', groupId: group.id, stages: STAGES });
    const [mine, theirs] = [await service.submitLead(gold), await service.submitLead(plain)];
    for (const { body } of [mine, theirs]) await service.act('leads', body.id, 'approve');
    expect(await service.act('leads', mine.body.id, 'move', { stage: 'demo' })).toMatchObject({
      status: 200,
    });
    expect(await service.act('leads', theirs.body.id, 'move', { stage: 'demo' })).toMatchObject({
      status: 422,
      body: { code: 'stage.not_of_pipeline' },
    });
    expect(await service.act('leads', mine.body.id, 'move', { stage: 'qualified' })).toMatchObject({
      status: 422,
    });
  });

  it.each([
    ['no stage', { stages: [] }, 'stages'],
    ['a stage twice', { stages: [STAGES[0], STAGES[0]] }, 'stages.1.key'],
    ['a key with capitals', { stages: [{ key: 'Inbox', name: 'Inbox' }] }, 'stages.0.key'],
    ['a blank name', { stages: [{ key: 'inbox', name: ' ' }] }, 'stages.0.name'],
    ['a question twice', { fields: [FIELDS[2], FIELDS[2]] }, 'fields.1.key'],
    ['a type that is none', { fields: [{ key: 'a', label: 'A', type: 'file' }] }, 'fields.0.type'],
    ['a choice without choices', { fields: [{ key: 'a', label: 'A', type: 'choice' }] }, 'fields.0.choices'],
    [
      'choices of a text',
      { fields: [{ key: 'a', label: 'A', type: 'text', choices: ['x', 'y'] }] },
      'fields.0.choices',
    ],
    ['protection of a lead', { protectionDays: 30 }, 'protectionDays'],
    ['a deal without protection', { kind: 'deal' }, 'protectionDays'],
    ['protection of no day', { kind: 'deal', protectionDays: 0 }, 'protectionDays'],
    ['protection of 731 days', { kind: 'deal', protectionDays: 731 }, 'protectionDays'],
  ])('refuses %s by field', async (_what, wrong, field) => {
    const answer = await publish(await service.program(), { kind: 'lead', stages: STAGES, ...wrong });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  it('refuses a group of another program', async () => {
    const [mine, theirs] = [await service.program(), await service.program()];
    const { body: group } = await service.ofCompany('POST', `/v1/programs/${theirs}/groups`, {
      name: 'Gold',
    });
    expect(await publish(mine, { kind: 'lead', stages: STAGES, groupId: group.id })).toMatchObject({
      status: 422,
      body: { code: 'group.not_of_program', errors: [{ field: 'groupId' }] },
    });
  });

  it('lists every version by page, to its own company only', async () => {
    const program = await service.program();
    for (const name of ['One', 'Two', 'Three']) {
      await publish(program, { kind: 'lead', stages: [{ key: 'a', name }] });
    }
    const list = (query: string) => service.ofCompany('GET', `/v1/programs/${program}/pipelines?${query}`);
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.data, ...second.body.data].map(({ version }) => version)).toEqual([3, 2, 1]);
    expect((await list('kind=deal')).body.data).toEqual([]);
    const { other } = service;
    expect(await publish(program, { kind: 'lead', stages: STAGES }, other)).toMatchObject({ status: 404 });
    const path = `/v1/programs/${program}/pipelines`;
    expect(await service.ofCompany('GET', path, undefined, other)).toMatchObject({ status: 404 });
  });
});
