import { type Member, ReferralApp } from './referral-app.js';

describe('a list where a body holds an object', () => {
  let service: ReferralApp;
  let program: string;
  let member: Member;

  beforeAll(async () => {
    service = await ReferralApp.start();
    program = await service.program();
    member = await service.join(program);
  });

  afterAll(() => service.close());

  it.each([
    ['contact', { contact: [] }],
    ['contact', { contact: [{ email: 'ada@acme.example' }] }],
    ['account', { account: [] }],
    ['worth', { worth: [] }],
  ])('is refused as the %s of a lead: %j', async (field, body) => {
    const answer = await service.submitLead(member, body);
    expect([answer.status, answer.body.errors?.[0].field]).toEqual([422, field]);
  });

  it.each([
    ['account', { account: [] }],
    ['account', { account: [{ name: 'Acme' }, { name: 'Globex' }] }],
    ['worth', { worth: [] }],
  ])('is refused as the %s of a deal: %j', async (field, body) => {
    const answer = await service.registerDeal(member, body);
    expect([answer.status, answer.body.errors?.[0].field]).toEqual([422, field]);
  });

  it.each([
    ['application-form', 'fields', { fields: [[]] }],
    ['application-rules', 'rules', { rules: [[]] }],
    ['pipelines', 'stages', { kind: 'lead', stages: [[]] }],
  ])('is refused in the %s of a program, as one of its %s', async (path, field, body) => {
    const answer = await service.ofCompany('POST', `/v1/programs/${program}/${path}`, body);
    expect([answer.status, answer.body.errors?.[0].field]).toEqual([422, field]);
  });
});
