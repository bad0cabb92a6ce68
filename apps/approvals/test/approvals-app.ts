import type { Clock, Id } from '#kernel';
import {
  addCompany,
  addPartner,
  asCompany,
  asPartner,
  expectInvariants,
  startTestApp,
  type TestApp,
  type TestResponse,
} from '#testing';
import { APPROVALS_INVARIANTS } from '../src/invariants.js';
import { APPROVALS } from '../src/service.js';

type Headers = Record<string, string>;

/** The service with two companies, and what tests of it do all the time. */
export class ApprovalsApp {
  #programs = 0;

  private constructor(
    readonly server: TestApp,
    readonly company: Id<'Company'>,
    readonly other: Id<'Company'>,
    private readonly clock: Clock,
  ) {}

  static async start(clock: Clock): Promise<ApprovalsApp> {
    const server = await startTestApp([APPROVALS], { clock });
    const company = await addCompany(server.database, 'Lighthouse GmbH');
    const other = await addCompany(server.database, 'Harbour Ltd');
    return new ApprovalsApp(server, company, other, clock);
  }

  /** Ends a test file, whose end finds memberships, periods, groups and applications in agreement. */
  async close(): Promise<void> {
    try {
      await expectInvariants(this.server.database, APPROVALS_INVARIANTS, this.clock);
    } finally {
      await this.server.close();
    }
  }

  /** Calls as a member of the company, or of the other one. */
  call(method: string, path: string, body?: object, owner = this.company): Promise<TestResponse> {
    return this.server.call(method, path, asCompany(owner), body);
  }

  async openProgram(settings: object = {}, owner = this.company): Promise<string> {
    this.#programs += 1;
    const body = { name: `Program ${this.#programs}`, slug: `program-${this.#programs}`, ...settings };
    return (await this.call('POST', '/v1/programs', body, owner)).body.id;
  }

  async newPartner(): Promise<{ readonly headers: Headers; readonly email: string }> {
    const { partnerId, email } = await addPartner(this.server.database, 'Pia Partner');
    return { headers: asPartner(partnerId), email };
  }

  apply(partner: Headers, programId: string, more: object = {}): Promise<TestResponse> {
    return this.server.call('POST', '/v1/partner/applications', partner, { programId, ...more });
  }

  review(id: string, verdict: 'approve' | 'decline', body: object = {}): Promise<TestResponse> {
    return this.call('POST', `/v1/applications/${id}/${verdict}`, body);
  }

  /** @returns the partnership */
  async join(partner: Headers, program: string): Promise<string> {
    const { body } = await this.apply(partner, program);
    await this.review(body.id, 'approve');
    return body.partnershipId;
  }

  leave(partner: Headers, program: string): Promise<TestResponse> {
    return this.server.call('POST', `/v1/partner/programs/${program}/leave`, partner, {});
  }

  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it expects to be there
  async summary(partner: Headers, program: string): Promise<any> {
    return (await this.server.call('GET', `/v1/partner/programs/${program}`, partner)).body;
  }

  /** Why each tab is shut, or `open`. */
  async tabs(partner: Headers, program: string): Promise<Record<string, string>> {
    const { tabs } = await this.summary(partner, program);
    return Object.fromEntries(
      tabs.map(({ tab, reason }: { tab: string; reason: string | null }) => [tab, reason ?? 'open']),
    );
  }
}
