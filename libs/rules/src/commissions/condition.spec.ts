import { readFile } from 'node:fs/promises';
import { CONDITION_CODES, wouldQualifyIf } from './condition.js';

it('every condition is explained in docs/offers.md, and no other', async () => {
  const page = await readFile('docs/offers.md', 'utf8');
  const explained = [...page.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, code]) => code);
  expect(new Set(explained)).toEqual(new Set(CONDITION_CODES));
});

describe('wouldQualifyIf', () => {
  const failed = (wouldPassIf: string | null) => ({
    code: 'TRIGGER' as const,
    required: '',
    actual: '',
    passed: false,
    wouldPassIf,
  });

  it('joins what would have made each condition pass', () => {
    expect(wouldQualifyIf([failed('a'), failed(null), failed('b')])).toBe(
      'It would have qualified if a, and b.',
    );
  });

  it('is silent when nothing failed or nothing could have helped', () => {
    expect(wouldQualifyIf([failed(null)])).toBeNull();
    expect(wouldQualifyIf([])).toBeNull();
  });
});
