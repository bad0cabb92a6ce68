import { Client } from 'pg';
import { newId } from '#kernel';
import { openDatabase, type OpenDatabase } from '#testing';
import { LinkSource } from './link-source.js';

describe('reading changed links', () => {
  let opened: OpenDatabase;
  let admin: Client;
  let source: LinkSource;

  beforeAll(async () => {
    opened = await openDatabase('tracking');
    admin = new Client({ connectionString: opened.server.adminUrl });
    await admin.connect();
    source = new LinkSource(opened.database);
  });

  afterAll(async () => {
    await admin.end();
    await opened.close();
  });

  const add = (slug: string, updatedAt: string) =>
    admin.query(
      `insert into tracking.link
         (company_id, link_id, program_id, partnership_id, slug, destination_url, created_at, updated_at)
       values ($1, $2, $3, $4, $5, 'https://shop.example/', $6, $6)`,
      [newId('Company'), newId('Link'), newId('Program'), newId('Partnership'), slug, updatedAt],
    );
  const slugs = (read: Awaited<ReturnType<LinkSource['changedSince']>>) => read.links.map(({ slug }) => slug);

  it('reads the last ones again while an earlier one may still commit, then only what is new', async () => {
    await add('first', '2026-05-01T12:00:00Z');
    const first = await source.changedSince(null, 10, 0);
    expect(slugs(first)).toEqual(['first']);

    await add('late', '2026-05-01T11:59:31Z');
    const again = await source.changedSince(first.mark, 10, 30_000);
    expect(slugs(again)).toEqual(['first', 'late']);

    const last = await source.changedSince(again.mark, 10, 30_001);
    expect(slugs(last)).toEqual(['first', 'late']);
    const settled = await source.changedSince(last.mark, 10, 32_000);
    expect(slugs(settled)).toEqual([]);

    await add('new', '2026-05-01T12:00:01Z');
    const after = await source.changedSince(settled.mark, 10, 34_000);
    expect(slugs(after)).toEqual(['new']);
    expect(slugs(await source.changedSince(after.mark, 1, 36_000))).toEqual(['new']);
  });
});
