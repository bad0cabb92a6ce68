import { Client } from 'pg';
import { type Id, newId, parseId } from '#kernel';
import { createTestDatabase } from '#testing';

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

export interface Membership {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
  readonly partnerId: Id<'Partner'>;
  readonly partnershipId: Id<'Partnership'>;
}

export interface MembershipFacts {
  readonly state: 'pending' | 'approved' | 'declined' | 'left' | 'removed';
  readonly areLinksEnabled: boolean;
  readonly terms: 'none' | 'not accepted' | 'accepted';
}

const OPEN: MembershipFacts = { state: 'approved', areLinksEnabled: true, terms: 'accepted' };

/** A database of its own, and what other services would have put there. */
export async function createClicksWorld() {
  const server = await createTestDatabase();
  const admin = new Client({ connectionString: server.adminUrl });
  await admin.connect();

  /** One partner of a new program of a new company. */
  async function membership(facts: Partial<MembershipFacts> = {}): Promise<Membership> {
    const { state, areLinksEnabled, terms } = { ...OPEN, ...facts };
    const [companyId, programId] = [newId('Company'), newId('Program')];
    const [partnerId, partnershipId] = [newId('Partner'), newId('Partnership')];
    await admin.query(
      `insert into approvals.program (company_id, program_id, name, slug, created_at)
       values ($1, $2, 'P', 'p', now())`,
      [companyId, programId],
    );
    await admin.query(
      `insert into approvals.program_settings values ($1, $2, '2026-01-01', 90, 'UTC', $3, 'test')`,
      [companyId, programId, areLinksEnabled],
    );
    const isMember = ['approved', 'left', 'removed'].includes(state);
    await admin.query(
      `insert into approvals.partnership
         (company_id, partnership_id, program_id, partner_id, state, approved_at, ended_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, now())`,
      [
        companyId,
        partnershipId,
        programId,
        partnerId,
        state,
        isMember ? new Date() : null,
        isMember && state !== 'approved' ? new Date() : null,
      ],
    );
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
    return { companyId, programId, partnerId, partnershipId };
  }

  /** A link of a partnership, new unless given. */
  async function link(
    slug: string,
    destinationUrl = 'https://shop.example/',
    of?: Membership,
  ): Promise<Membership> {
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

export type ClicksWorld = Awaited<ReturnType<typeof createClicksWorld>>;

/** The click id that a redirect gave the destination. */
export function clickIdOf(response: Response): Id<'Click'> {
  const location = new URL(response.headers.get('location') ?? '');
  return parseId('Click', location.searchParams.get('fl_click') ?? '');
}
