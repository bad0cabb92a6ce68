import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '#kernel';
import { type Click, clickIdAt } from './click.js';
import { ClickSpool, SpoolFull } from './click-spool.js';
import { lineOfClick } from './spool-line.js';

describe('the click spool', () => {
  let directory: string;
  const opened: ClickSpool[] = [];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'fairlead-spool-'));
  });

  afterEach(async () => {
    // The crashed ones too: their files may have been taken over.
    await Promise.allSettled(opened.splice(0).map((spool) => spool.close()));
    await rm(directory, { recursive: true });
  });

  const click = (userAgent: string | null = null): Click => ({
    companyId: newId('Company'),
    clickId: clickIdAt(Date.parse('2026-11-20T10:00:00Z')),
    visitorId: newId('Visitor'),
    linkId: newId('Link'),
    programId: newId('Program'),
    partnershipId: newId('Partnership'),
    clickedAt: Date.parse('2026-11-20T10:00:00Z'),
    userAgent,
    referrerHost: 'blog.example',
  });
  const open = async (maxBytes = 1_000_000) => {
    const spool = await ClickSpool.open(directory, maxBytes);
    opened.push(spool);
    return spool;
  };
  const path = async () => join(directory, (await readdir(directory))[0] ?? '');

  it('gives back what was appended, in order, and forgets it when told', async () => {
    const spool = await open();
    const clicks = [click(), click('line\nbreak " \\ ünï'), click()];
    await spool.append(clicks.slice(0, 1));
    await spool.append(clicks.slice(1));
    const segment = await spool.oldest();
    expect(segment?.clicks).toEqual(clicks);
    await spool.remove(segment?.name ?? '');
    expect(await spool.oldest()).toBeNull();
    expect(spool.bytes).toBe(0);
  });

  it('has the click on disk when append resolves, and takes over what a crashed process left', async () => {
    const crashed = await open();
    const kept = click();
    await crashed.append([kept]);
    const spool = await open();
    expect((await spool.oldest())?.clicks).toEqual([kept]);
  });

  it('leaves alone the file of another process that lives', async () => {
    await writeFile(join(directory, `${newId('Event')}.${process.ppid}.open`), lineOfClick(click()));
    expect(await (await open()).oldest()).toBeNull();
  });

  it('passes over a last line that a crash tore off, and keeps the lines before it', async () => {
    const crashed = await open();
    const kept = click();
    await crashed.append([kept]);
    await appendFile(await path(), lineOfClick(click()).slice(0, -20));
    const segment = await (await open()).oldest();
    expect(segment).toMatchObject({ clicks: [kept], unreadable: 0 });
  });

  it('counts a line in the middle that a bad disk spoilt', async () => {
    const crashed = await open();
    const kept = click();
    await crashed.append([click(), kept]);
    const file = await path();
    await writeFile(file, (await readFile(file, 'utf8')).replace('"companyId"', '"c'));
    expect(await (await open()).oldest()).toMatchObject({ clicks: [kept], unreadable: 1 });
  });

  it('takes what fits to the last byte, refuses what does not, and has room again after a drain', async () => {
    const one = click();
    const size = Buffer.byteLength(lineOfClick(one));
    const spool = await open(2 * size);
    await spool.append([one, one]);
    await expect(spool.append([one])).rejects.toThrow(SpoolFull);
    await spool.remove((await spool.oldest())?.name ?? '');
    await spool.append([one]);
    expect(spool.bytes).toBe(size);
  });

  it('counts what it finds at start against the limit', async () => {
    const one = click();
    const size = Buffer.byteLength(lineOfClick(one));
    await (await open()).append([one]);
    const spool = await open(2 * size - 1);
    await expect(spool.append([one])).rejects.toThrow(SpoolFull);
  });
});
