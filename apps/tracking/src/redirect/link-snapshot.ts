import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asId } from '#kernel';
import { errorCodeOf } from '../error-code.js';
import { parseDestination } from '../link/destination.js';
import type { Link } from '../link/link.js';
import { parseSlug } from '../link/slug.js';

const LINES_PER_CHUNK = 1_000;

/** Replaces the snapshot at once: a reader sees the old one or the new one, whole. */
export async function writeSnapshot(path: string, links: Iterable<Link>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, chunksOf(links), { mode: 0o600, flush: true });
  await rename(draft, path);
}

/** The links as last written; none when there is no snapshot. Lines that cannot be read are left out. */
export async function readSnapshot(path: string): Promise<Link[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCodeOf(error) === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .map(linkOfLine)
    .filter((link) => link !== null);
}

/** Few large writes, without ever holding the whole file in memory. */
function* chunksOf(links: Iterable<Link>): Generator<string> {
  let chunk: string[] = [];
  for (const link of links) {
    chunk.push(`${JSON.stringify(link)}\n`);
    if (chunk.length < LINES_PER_CHUNK) continue;
    yield chunk.join('');
    chunk = [];
  }
  yield chunk.join('');
}

function linkOfLine(line: string): Link | null {
  try {
    // A parsing border: every field passes the check it passed when the link was made.
    const link = JSON.parse(line) as Link;
    return {
      companyId: asId('Company', link.companyId),
      linkId: asId('Link', link.linkId),
      programId: asId('Program', link.programId),
      partnershipId: asId('Partnership', link.partnershipId),
      slug: parseSlug(link.slug),
      destinationUrl: parseDestination(link.destinationUrl),
    };
  } catch {
    return null;
  }
}
