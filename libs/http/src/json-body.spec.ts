import { faultOfShape, faultOfTexts } from './json-body.js';

const codeOf = (text: string) => faultOfShape(Buffer.from(text))?.code ?? null;

describe('the shape of a JSON body', () => {
  it('may be 32 levels deep, not 33, whatever nests', () => {
    expect(codeOf('['.repeat(32) + ']'.repeat(32))).toBeNull();
    expect(codeOf('['.repeat(33) + ']'.repeat(33))).toBe('json.too_deep');
    expect(codeOf('{"a":'.repeat(100_000))).toBe('json.too_deep');
  });

  it('may hold 2,000 values, not 2,001, however they are spread', () => {
    const members = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));
    expect(codeOf(JSON.stringify(members(1_999)))).toBeNull();
    expect(codeOf(JSON.stringify(members(2_000)))).toBe('json.too_many_values');
    expect(codeOf(`[${'[],'.repeat(1_000)}[]]`)).toBe('json.too_many_values');
  });

  it('is not judged by what stands in texts', () => {
    expect(codeOf(JSON.stringify({ body: '[{"a":1,'.repeat(10_000) }))).toBeNull();
  });
});

it('finds text that nothing can store in values and names, at any depth', () => {
  for (const value of ['a\0', '\ud800', { 'a\0': 1 }, [{ a: ['\udc00'] }]]) {
    expect(faultOfTexts(value)).toMatchObject({ kind: 'invalid', code: 'text.invalid' });
  }
  expect(faultOfTexts({ a: ['\u{1f600}', null, 1, true] })).toBeNull();
});
