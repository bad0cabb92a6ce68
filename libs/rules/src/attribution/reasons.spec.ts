import { readFileSync } from 'node:fs';
import { explain, type ReasonCode, REASONS } from './reasons.js';

describe('the closed list of reason codes', () => {
  const page = readFileSync('docs/reason-codes.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));

  it('A-03 stands in docs/reason-codes.md, each code with its class and sentence', () => {
    const documented = page.map(([, code, reasonClass, sentence]) =>
      [code, reasonClass, sentence].join(' | '),
    );
    const known = Object.entries(REASONS).map(([code, reason]) =>
      [code, reason.class ?? '', reason.sentence].join(' | '),
    );
    expect([...new Set(documented)].toSorted()).toEqual(known.toSorted());
  });

  it('A-03 puts every code of someone not credited into exactly one of the two classes', () => {
    const credited = Object.keys(REASONS).filter((code) => explain(code as ReasonCode).class === null);
    expect(credited.toSorted()).toEqual([
      'CREDITED_BOUND_CUSTOMER',
      'CREDITED_BY_ASSIGNMENT',
      'CREDITED_BY_BINDING',
      'CREDITED_BY_CLICK',
      'CREDITED_BY_CODE',
      'CREDITED_CODE',
      'CREDITED_DEAL',
      'CREDITED_LAST_CLICK',
      'CREDITED_LEAD',
      'CREDITED_MANUAL',
      'EARLIER_CLICK_OF_SAME_PARTNER',
      'WON',
    ]);
  });
});
