import { type Id, parseId } from '#kernel';
import {
  addCompany,
  addPartner,
  asAdmin,
  asCompany,
  asPartner,
  FixedClock,
  startTestApp,
  type TestApp,
  type TestResponse,
} from '#testing';
import { APPROVALS } from '../src/service.js';

type Headers = Record<string, string>;

/** A partner who is an approved member of one program. */
export interface Member {
  readonly headers: Headers;
  readonly partnershipId: string;
  /** `/v1/partner/programs/prg_…` */
  readonly path: string;
}

/** The service with two companies, and what tests of leads and deals do all the time. */
export class ReferralApp {
  #count = 0;

  private constructor(
    readonly app: TestApp,
    readonly clock: FixedClock,
    readonly company: Id<'Company'>,
    readonly other: Id<'Company'>,
  ) {}

  static async start(now = '2026-05-01T12:00:00.000Z'): Promise<ReferralApp> {
    const clock = new FixedClock(now);
    const app = await startTestApp([APPROVALS], { clock });
    return new ReferralApp(
      app,
      clock,
      await addCompany(app.database, 'Lighthouse GmbH'),
      await addCompany(app.database, 'Harbour Ltd'),
    );
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** A number that no other call of the test file got. */
  next(): number {
    this.#count += 1;
    return this.#count;
  }

  ofCompany(method: string, path: string, body?: unknown, owner = this.company): Promise<TestResponse> {
    return this.app.call(method, path, asCompany(owner), body);
  }

  /** @returns the public id of a new program with leads and deals enabled */
  async program(settings: object = {}, owner = this.company): Promise<string> {
    const number = this.next();
    const body = {
      name: `Program ${number}`,
      slug: `program-${number}`,
      leadsEnabled: true,
      dealsEnabled: true,
      ...settings,
    };
    return (await this.ofCompany('POST', '/v1/programs', body, owner)).body.id;
  }

  async apply(programId: string, partner?: Headers): Promise<Member & { readonly applicationId: string }> {
    const headers = partner ?? asPartner((await addPartner(this.app.database, 'Pia Partner')).partnerId);
    const { body } = await this.app.call('POST', '/v1/partner/applications', headers, { programId });
    return {
      headers,
      partnershipId: body.partnershipId,
      path: `/v1/partner/programs/${programId}`,
      applicationId: body.id,
    };
  }

  async join(programId: string, owner = this.company, partner?: Headers): Promise<Member> {
    const member = await this.apply(programId, partner);
    await this.ofCompany('POST', `/v1/applications/${member.applicationId}/approve`, {}, owner);
    return member;
  }

  submitLead(member: Member, body: object = {}): Promise<TestResponse> {
    const contact = { name: 'Ada Acme', email: `ada-${this.next()}@acme.example` };
    return this.app.call('POST', `${member.path}/leads`, member.headers, { contact, ...body });
  }

  registerDeal(member: Member, body: object = {}): Promise<TestResponse> {
    return this.app.call('POST', `${member.path}/deals`, member.headers, {
      account: { name: `Acme ${this.next()}` },
      worth: { amount: 250_000, currency: 'EUR' },
      ...body,
    });
  }

  read(member: Member, path: string): Promise<TestResponse> {
    return this.app.call('GET', `${member.path}${path}`, member.headers);
  }

  /** What the company does to a lead or deal: `approve`, `decline`, `move`, `close-won` … */
  act(
    kind: 'leads' | 'deals',
    id: string,
    action: string,
    body: object = {},
    owner = this.company,
  ): Promise<TestResponse> {
    return this.ofCompany('POST', `/v1/${kind}/${id}/${action}`, body, owner);
  }

  /** Events about one lead or deal in the order they were published. */
  async events(id: string): Promise<{ type: string; occurred_at: Date; data: Record<string, unknown> }[]> {
    return asAdmin(
      this.app.database,
      `select type, occurred_at, data from bus.event where data->>'referralId' = $1 order by event_id`,
      [parseId('Referral', id)],
    );
  }
}
