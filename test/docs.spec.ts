import { readdir, readFile } from 'node:fs/promises';
import { TOPOLOGY } from '#contracts';
import { parseOfferRule } from '#rules';

const read = (path: string) => readFile(path, 'utf8');

describe('the documentation', () => {
  it('lists every decision under its own number and title', async () => {
    const index = await read('docs/adr/README.md');
    const files = (await readdir('docs/adr')).filter((file) => /^\d{4}-/.test(file));
    for (const file of files) {
      const number = Number(file.slice(0, 4));
      expect(index).toContain(`[${number}](${file})`);
      expect(await read(`docs/adr/${file}`)).toMatch(new RegExp(`^# ${number}\\. `));
    }
  });

  it('explains every setting', async () => {
    const source = await read('libs/config/src/app-config.ts');
    const settings = [...source.matchAll(/^ {2}\w+: '([A-Z_]+)',$/gm)].map(([, name]) => name);
    const operations = await read('docs/operations.md');
    expect(settings).toContain('DATABASE_URL');
    expect(settings.filter((name) => !operations.includes(`\`${name}\``))).toEqual([]);
  });

  it('shows every event in the picture of the services', async () => {
    const architecture = await read('docs/architecture.md');
    const subjects = Object.keys(TOPOLOGY).filter((type) => type !== 'webhook.received');
    const missing = subjects.filter((type) => !architecture.includes(type.replace(/^commission\./, '')));
    expect(missing).toEqual([]);
  });

  it('shows rules of offers that are taken as they stand, with every kind of reward', async () => {
    const examples = [...(await read('docs/offers.md')).matchAll(/^```json\n(.+?)^```/gms)];
    const kinds = examples.map(([, text = '']) => {
      // The first is a whole offer, the others are rewards.
      const { rule, ...reward } = JSON.parse(text) as { readonly rule?: unknown };
      return parseOfferRule(rule ?? { trigger: 'sale', reward }).reward.kind;
    });
    expect(kinds).toEqual(['percent', 'flat', 'tiers', 'lines']);
  });

  it('keeps the glossary in alphabetical order', async () => {
    const terms = [...(await read('docs/glossary.md')).matchAll(/^\| ([^|]+?) +\|/gm)].map(
      ([, term = '']) => term,
    );
    const listed = terms.filter((term) => term !== 'term' && !term.startsWith('-'));
    expect(listed).toEqual(listed.toSorted((a, b) => a.localeCompare(b, 'en')));
  });
});
