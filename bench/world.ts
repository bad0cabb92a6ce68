import { Client } from 'pg';
import { type Id, newId, parseId } from '#kernel';
import { ApiClient } from '../demo/api-client.js';

/** Whom the benchmark's orders belong to (docs/performance.md, workload). */
export interface World {
  readonly companies: readonly BenchmarkCompany[];
}

export interface BenchmarkCompany {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
  readonly integrationId: Id<'Integration'>;
  /** Its public id, as it stands in the ingest URL. */
  readonly ingestId: string;
  readonly signingSecret: string;
  readonly links: readonly BenchmarkLink[];
}

export interface BenchmarkLink {
  readonly linkId: Id<'Link'>;
  readonly slug: string;
  readonly partnerId: Id<'Partner'>;
  readonly partnershipId: Id<'Partnership'>;
}

export interface WorldSize {
  readonly companies: number;
  readonly partnersEach: number;
  readonly linksPerPartner: number;
}

export const FULL_WORLD: WorldSize = { companies: 10, partnersEach: 100, linksPerPartner: 10 };
export const QUICK_WORLD: WorldSize = { companies: 2, partnersEach: 10, linksPerPartner: 2 };

/** Sets up companies by the API, as an operator would, and their many partners and links by SQL. */
export async function createWorld(
  api: ApiClient,
  operatorToken: string,
  adminUrl: string,
  size: WorldSize,
): Promise<World> {
  const operator = api.as(operatorToken);
  const database = new Client({ connectionString: adminUrl });
  await database.connect();
  try {
    const companies: BenchmarkCompany[] = [];
    for (let index = 0; index < size.companies; index += 1) {
      const company = await openCompany(operator, index);
      const links = linksOf(index, size);
      await storePartners(database, company, links);
      companies.push({ ...company, links });
    }
    await database.query(
      'analyze access.partner, approvals.partnership, approvals.membership_period, approvals.partnership_group, tracking.link',
    );
    return { companies };
  } finally {
    await database.end();
  }
}

type OpenedCompany = Omit<BenchmarkCompany, 'links'>;

async function openCompany(operator: ApiClient, index: number): Promise<OpenedCompany> {
  const { id } = await operator.post<{ id: string }>('/v1/ops/companies', { name: `Company ${index}` });
  const scopes = ['programs:write', 'integrations:write'];
  const key = await operator.post<{ secret: string }>(`/v1/ops/companies/${id}/api-keys`, {
    name: 'bench',
    scopes,
  });
  const company = operator.as(key.secret);
  const program = await company.post<{ id: string }>('/v1/programs', {
    name: 'Referrals',
    slug: 'referrals',
  });
  const sale = { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 }, holdDays: 30 };
  const large = { ...sale, minimumOrder: { amount: 100_000_000, currency: 'EUR' } };
  await company.post(`/v1/programs/${program.id}/offers`, { name: '20 % of sales', rule: sale });
  await company.post(`/v1/programs/${program.id}/offers`, { name: '20 % of large sales', rule: large });
  const integration = await company.post<{ id: string; newSecret: { secret: string } }>('/v1/integrations', {
    kind: 'native',
    name: 'Shop',
  });
  return {
    companyId: parseId('Company', id),
    programId: parseId('Program', program.id),
    integrationId: parseId('Integration', integration.id),
    ingestId: integration.id,
    signingSecret: integration.newSecret.secret,
  };
}

function linksOf(companyIndex: number, size: WorldSize): BenchmarkLink[] {
  return Array.from({ length: size.partnersEach }, (_, partner) => {
    const partnerId = newId('Partner');
    const partnershipId = newId('Partnership');
    return Array.from({ length: size.linksPerPartner }, (__, link) => ({
      linkId: newId('Link'),
      slug: `c${companyIndex}-p${partner}-l${link}`,
      partnerId,
      partnershipId,
    }));
  }).flat();
}

/** Partners who joined a month ago and want no e-mail: a notice is one row. */
async function storePartners(
  database: Client,
  company: OpenedCompany,
  links: readonly BenchmarkLink[],
): Promise<void> {
  const partners = [...new Map(links.map((link) => [link.partnerId, link])).values()];
  await database.query(
    `insert into access.partner (partner_id, email, name, wants_email, created_at)
     select id, id || '@bench.example', 'Partner', false, now() from unnest($1::uuid[]) as id`,
    [partners.map(({ partnerId }) => partnerId)],
  );
  await database.query(
    `with owner as (
       insert into access.person (person_id, email, name, created_at)
       select id, id || '@bench.example', 'Owner', now() from unnest($1::uuid[]) as id returning person_id)
     insert into access.member (partner_id, member_id, person_id, role, invited_by, joined_at)
     select person_id, person_id, person_id, 'owner', 'bench', now() from owner`,
    [partners.map(({ partnerId }) => partnerId)],
  );
  await database.query(
    `with partnership as (
       insert into approvals.partnership (company_id, program_id, partnership_id, partner_id, state, approved_at, created_at)
       select $1, $2, partnership_id, partner_id, 'approved', now() - interval '30 days', now() - interval '30 days'
         from unnest($3::uuid[], $4::uuid[]) as p(partnership_id, partner_id)
       returning *),
     period as (
       insert into approvals.membership_period (company_id, partnership_id, program_id, partner_id, started_at)
       select company_id, partnership_id, program_id, partner_id, approved_at from partnership)
     insert into approvals.partnership_group
       (company_id, partnership_id, effective_from, program_id, group_id, actor)
     select p.company_id, p.partnership_id, p.created_at, p.program_id, g.group_id, 'bench'
       from partnership p
       join approvals.program_group g on g.company_id = p.company_id and g.program_id = p.program_id and g.is_default`,
    [
      company.companyId,
      company.programId,
      partners.map(({ partnershipId }) => partnershipId),
      partners.map(({ partnerId }) => partnerId),
    ],
  );
  await database.query(
    `insert into tracking.link (company_id, link_id, program_id, partnership_id, slug, destination_url, created_at)
     select $1, link_id, $2, partnership_id, slug, 'https://shop.example/landing?campaign=bench', now()
       from unnest($3::uuid[], $4::uuid[], $5::text[]) as l(link_id, partnership_id, slug)`,
    [
      company.companyId,
      company.programId,
      links.map(({ linkId }) => linkId),
      links.map(({ partnershipId }) => partnershipId),
      links.map(({ slug }) => slug),
    ],
  );
}
