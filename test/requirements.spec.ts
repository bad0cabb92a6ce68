import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Every requirement id in the name of a test or of a group of tests. */
async function provedIds(): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const path of glob('{apps,libs,test}/**/*.spec.ts', { cwd: ROOT })) {
    const text = readFileSync(join(ROOT, path), 'utf8');
    for (const [id] of text.matchAll(/\b[AB]-\d\d\b/g)) ids.add(id);
  }
  return ids;
}

describe('docs/requirements.md', () => {
  const required = [
    ...readFileSync(join(ROOT, 'docs/requirements.md'), 'utf8').matchAll(/^\| ([AB]-\d\d) /gm),
  ].flatMap(([, id]) => (id === undefined ? [] : [id]));

  it('lists each requirement once', () => {
    expect(required.length).toBeGreaterThan(40);
    expect(required).toEqual([...new Set(required)]);
  });

  it('names only requirements that a test proves', async () => {
    const proved = await provedIds();
    expect(required.filter((id) => !proved.has(id))).toEqual([]);
  });
});
