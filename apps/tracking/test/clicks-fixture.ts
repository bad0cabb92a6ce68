import { type Id, newId, parseId } from '#kernel';
import {
  addMembership,
  addProgram,
  adminPool,
  createTestDatabase,
  type MembershipFacts,
  type ProgramFacts,
  type TestMembership,
} from '#testing';

export interface StoredClick {
  readonly company_id: string;
  readonly click_id: string;
  readonly visitor_id: string;
  readonly link_id: string;
  readonly partnership_id: string;
  readonly clicked_at: Date;
  readonly user_agent: string | null;
  readonly referrer_host: string | null;
}

interface Facts extends Pick<MembershipFacts, 'state'>, Pick<ProgramFacts, 'areLinksEnabled'> {
  readonly terms?: 'none' | 'not accepted' | 'accepted';
  /** The company of the new program; a new one unless given. */
  readonly of?: Id<'Company'>;
}

/** A database of its own, and what other services would have put there. */
export async function createClicksFixture() {
  const server = await createTestDatabase();
  const admin = adminPool(server);

  /** One partner of a new program. */
  async function membership({
    terms = 'accepted',
    of = newId('Company'),
    ...facts
  }: Facts = {}): Promise<TestMembership> {
    const program = await addProgram(server, of, facts);
    const member = await addMembership(server, program, facts);
    const { companyId, programId, partnershipId } = member;
    if (terms !== 'none') {
      await admin.query(`insert into approvals.terms values ($1, $2, 1, 'Be fair.', 'test', now())`, [
        companyId,
        programId,
      ]);
    }
    if (terms === 'accepted') {
      await admin.query(
        `insert into approvals.terms_acceptance values ($1, $2, $3, 1, now(), '127.0.0.1', null)`,
        [companyId, partnershipId, programId],
      );
    }
    return member;
  }

  /** A link of a partnership, new unless given. */
  async function link(
    slug: string,
    destinationUrl = 'https://shop.example/',
    of?: TestMembership,
  ): Promise<TestMembership> {
    const owner = of ?? (await membership());
    await admin.query(
      `insert into tracking.link
         (company_id, link_id, program_id, partnership_id, slug, destination_url, created_at)
       values ($1, $2, $3, $4, $5, $6, now())`,
      [owner.companyId, newId('Link'), owner.programId, owner.partnershipId, slug, destinationUrl],
    );
    return owner;
  }

  async function clicks(): Promise<StoredClick[]> {
    const { rows } = await admin.query<StoredClick>('select * from tracking.click order by click_id');
    return rows;
  }

  return {
    server,
    admin,
    membership,
    link,
    clicks,
    async close(): Promise<void> {
      await admin.end();
      await server.drop();
    },
  };
}

export type ClicksFixture = Awaited<ReturnType<typeof createClicksFixture>>;

/** The click id that a redirect gave the destination. */
export function clickIdOf(response: Response): Id<'Click'> {
  const location = new URL(response.headers.get('location') ?? '');
  return parseId('Click', location.searchParams.get('fl_click') ?? '');
}
