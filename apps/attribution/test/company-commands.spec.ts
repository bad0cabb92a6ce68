import { type Id, newId, publicId } from '#kernel';
import { asCompany, expectInvariants } from '#testing';
import { ATTRIBUTION_INVARIANTS } from '../src/invariants.js';
import { AttributionApp, may, type TestPartner } from './attribution-app.js';
import { companyAndPartner } from './company-and-partner.js';
import { order, signup } from './facts.js';

describe('what a company says by hand about its customers', () => {
  let service: AttributionApp;
  let company: Id<'Company'>;
  let anna: TestPartner;
  let bert: TestPartner;

  beforeAll(async () => {
    service = await AttributionApp.start();
  });
  beforeEach(async () => {
    company = newId('Company');
    [anna, bert] = [await service.partner(company), await service.partner(company)];
  });
  afterEach(() => expectInvariants(service.app.database, ATTRIBUTION_INVARIANTS, service.clock));
  afterAll(() => service.close());

  const { call, ofPartner, standing, idOf, signedUp } = companyAndPartner(
    () => service,
    () => company,
  );
  const partnershipIdOf = (partner: TestPartner) => publicId('Partnership', partner.partnershipId);

  describe('adding one', () => {
    const draft = () => ({
      customerKey: 'c1',
      email: 'jane@x.example',
      partnershipId: partnershipIdOf(anna),
      signedUpAt: may(3).toISOString(),
      reason: 'met at the fair',
    });

    it('is a signup credited to the partner named, who sees the customer and why', async () => {
      const { status, body } = await call('POST', '/v1/customers', draft());
      expect(status).toBe(201);
      expect(body).toMatchObject({
        customerKey: 'c1',
        state: 'live',
        signedUpAt: may(3).toISOString(),
        binding: { partnershipId: partnershipIdOf(anna), byKind: 'manual' },
        assignment: { reason: 'met at the fair' },
      });
      expect(await service.decided(company)).toMatchObject([
        {
          subject: { kind: 'signup', customerKey: 'c1' },
          winner: { partnershipId: anna.partnershipId, method: 'manual' },
          reason: 'CREDITED_MANUAL',
          signedUpAt: may(3).toISOString(),
        },
      ]);
      const [customer] = (await ofPartner(anna, 'customers')).body.data;
      expect(customer).toMatchObject({ email: 'j***@x.example' });
      const trace = await ofPartner(anna, `customers/${customer.id}/trace`);
      expect(trace.body.actions[0].revisions).toMatchObject([
        {
          winner: 'you',
          method: 'manual',
          note: 'met at the fair',
          candidates: [{ kind: 'manual', partner: 'you', reason: { code: 'WON' } }],
        },
      ]);
    });

    it('goes before what is clicked later, and before the platform’s own signup', async () => {
      await call('POST', '/v1/customers', draft());
      const click = await service.click(bert, may(4));
      await service.handle(signup(company, { at: may(5), customer: 'c1', click }));
      await service.handle(order(company, 'o1', { at: may(6), customer: 'c1', click }));
      expect(await standing('c1')).toMatchObject({ revision: 1, winner: anna.partnershipId });
      expect(await standing('o1')).toMatchObject({
        winner: anna.partnershipId,
        candidates: [
          [anna.partnershipId, 'WON'],
          [bert.partnershipId, 'ASSIGNED_OTHERWISE'],
        ],
      });
    });

    it('refuses, field by field, a partnership that is not its own and a time outside of it', async () => {
      const stranger = await service.partner(newId('Company'));
      const pending = await service.partner(company, { approvedAt: may(10) });
      const refusals = [
        { partnershipId: partnershipIdOf(stranger) },
        { partnershipId: partnershipIdOf(pending) },
        { signedUpAt: new Date(service.clock.now().getTime() + 1).toISOString() },
        { reason: ' ' },
        { signedUpAt: 'yesterday' },
      ];
      const fields: string[] = [];
      for (const change of refusals) {
        const { status, body } = await call('POST', '/v1/customers', { ...draft(), ...change });
        expect(status).toBe(422);
        fields.push(...body.errors.map(({ field }: { field: string }) => field));
      }
      expect(fields).toEqual(['partnershipId', 'signedUpAt', 'signedUpAt', 'reason', 'signedUpAt']);
      expect(await service.decided(company)).toEqual([]);
    });

    it('refuses a customer who is known already, and happens once per Idempotency-Key', async () => {
      const headers = { ...asCompany(company), 'idempotency-key': 'k1' };
      const first = await service.app.call('POST', '/v1/customers', headers, draft());
      const again = await service.app.call('POST', '/v1/customers', headers, draft());
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect(await call('POST', '/v1/customers', draft())).toMatchObject({
        status: 409,
        body: { code: 'customer.known' },
      });
      expect(await service.decided(company)).toHaveLength(1);
    });
  });

  describe('giving one to another partner', () => {
    const assign = async (customerKey: string, body: object) =>
      call('POST', `/v1/customers/${await idOf(customerKey)}/attribution`, body);

    it('decides all its events again, and both partners’ traces show it', async () => {
      await signedUp('c1', anna);
      await service.handle(order(company, 'o1', { at: may(3), customer: 'c1' }));
      const { status, body } = await assign('c1', {
        partnershipId: partnershipIdOf(bert),
        reason: 'claim 7',
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        binding: { partnershipId: partnershipIdOf(bert), byKind: 'manual' },
        assignment: { reason: 'claim 7' },
      });
      for (const key of ['c1', 'o1']) {
        expect(await standing(key)).toMatchObject({
          revision: 2,
          cause: 'company',
          winner: bert.partnershipId,
        });
      }
      expect((await ofPartner(anna, 'customers')).body.data).toEqual([]);
      expect((await ofPartner(anna, 'outcomes')).body.data).toMatchObject([
        { reason: { code: 'ASSIGNED_OTHERWISE', class: 'COMPANY_ACTION_NEEDED' } },
      ]);
      const [customer] = (await ofPartner(bert, 'customers')).body.data;
      const trace = await ofPartner(bert, `customers/${customer.id}/trace`);
      expect(trace.body.actions.at(-1).revisions).toMatchObject([
        { revision: 1, winner: 'another_partner', note: null },
        { revision: 2, winner: 'you', cause: 'company', note: 'claim 7' },
      ]);
    });

    it('keeps what is paid unless told to move it', async () => {
      await signedUp('c1', anna);
      await service.handle(order(company, 'o1', { at: may(3), customer: 'c1' }));
      await service.pay(anna, 'o1');
      await assign('c1', { partnershipId: partnershipIdOf(bert), reason: 'claim 7' });
      expect(await standing('o1')).toMatchObject({ revision: 1, winner: anna.partnershipId });
      expect(await standing('c1')).toMatchObject({ revision: 2, winner: bert.partnershipId });
      await assign('c1', { partnershipId: partnershipIdOf(bert), reason: 'claim 7', paid: 'move' });
      expect(await standing('o1')).toMatchObject({ revision: 2, winner: bert.partnershipId });
    });

    it('credits nobody for events from before the partner’s membership', async () => {
      const late = await service.partner(company, { approvedAt: may(10) });
      await signedUp('c1', anna);
      await assign('c1', { partnershipId: partnershipIdOf(late), reason: 'moved' });
      expect(await standing('c1')).toMatchObject({ winner: null, reason: 'PARTNERSHIP_NOT_ACTIVE' });
      await service.handle(order(company, 'o1', { at: may(11), customer: 'c1' }));
      expect(await standing('o1')).toMatchObject({ winner: late.partnershipId });
    });

    it('may give it to nobody, and later to someone again', async () => {
      await signedUp('c1', anna);
      await assign('c1', { partnershipId: null, reason: 'own contact' });
      const click = await service.click(bert, may(3));
      await service.handle(order(company, 'o1', { at: may(4), customer: 'c1', click }));
      expect(await standing('o1')).toMatchObject({ winner: null, reason: 'ASSIGNED_TO_NOBODY' });
      await assign('c1', { partnershipId: partnershipIdOf(anna), reason: 'was Anna’s after all' });
      expect(await standing('o1')).toMatchObject({ revision: 2, winner: anna.partnershipId });
    });

    it('keeps all that was ever said, newest first, page by page, for the company alone', async () => {
      await signedUp('c1', anna);
      const said = [
        { partnershipId: partnershipIdOf(bert), reason: 'claim 7' },
        { partnershipId: null, reason: 'own contact' },
        { partnershipId: partnershipIdOf(anna), reason: 'was Anna’s after all' },
      ];
      for (const body of said) await assign('c1', body);
      const path = `/v1/customers/${await idOf('c1')}/assignments`;
      const first = (await call('GET', `${path}?limit=2`)).body;
      const second = (await call('GET', `${path}?limit=2&cursor=${first.nextCursor}`)).body;
      expect([...first.data, ...second.data]).toMatchObject(said.toReversed());
      expect(first.data[0]).toMatchObject({
        id: expect.stringMatching(/^asg_/),
        assignedBy: expect.any(String),
      });
      expect(second.nextCursor).toBeNull();
      expect(await call('GET', path, undefined, newId('Company'))).toMatchObject({ status: 404 });
    });

    it('holds against a click that is stored late', async () => {
      const first = await service.click(anna, may(1));
      await service.handle(signup(company, { at: may(3), customer: 'c1', click: first }));
      await assign('c1', { partnershipId: partnershipIdOf(anna), reason: 'sure' });
      await service.arrive(service.unstoredClick(bert, may(2), first));
      expect(await standing('c1')).toMatchObject({ winner: anna.partnershipId });
    });

    it('refuses a partnership of another company, and knows no customer of another company', async () => {
      await signedUp('c1', anna);
      const stranger = await service.partner(newId('Company'));
      expect(await assign('c1', { partnershipId: partnershipIdOf(stranger), reason: 'x' })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'partnershipId' }] },
      });
      const path = `/v1/customers/${await idOf('c1')}`;
      const other = newId('Company');
      expect(await call('GET', path, undefined, other)).toMatchObject({ status: 404 });
      const body = { partnershipId: null, reason: 'x' };
      expect(await call('POST', `${path}/attribution`, body, other)).toMatchObject({ status: 404 });
      const deletion = { reason: 'TEST', commissions: 'keep' };
      expect(await call('POST', `${path}/deletion`, deletion, other)).toMatchObject({ status: 404 });
      expect(await standing('c1')).toMatchObject({ revision: 1 });
    });
  });
});
