import { jsonShape } from './json-shape.js';

it.each([
  ['1', 0, 1],
  ['{"a":[1,2],"b":{}}', 2, 6],
  ['"[[[,,,"', 0, 1],
  ['{"a":"\\"[,"}', 1, 2],
  ['['.repeat(100_000), 100_000, 100_001],
])('measures %.30s', (text, depth, values) => {
  expect(jsonShape(Buffer.from(text))).toEqual({ depth, values });
});
