import { inForce, inForceOrFirst } from './in-force.js';

const setting = (number: number, iso: string) => ({ number, effectiveFrom: new Date(iso) });
const settings = [
  setting(1, '2026-01-01T00:00:00Z'),
  setting(2, '2026-06-01T00:00:00Z'),
  setting(3, '2026-07-01T00:00:00Z'),
];

describe('the setting in force', () => {
  it.each([
    ['2025-12-31T23:59:59.999Z', undefined, 1],
    ['2026-01-01T00:00:00.000Z', 1, 1],
    ['2026-05-31T23:59:59.999Z', 1, 1],
    ['2026-06-01T00:00:00.000Z', 2, 2],
    ['2026-07-01T00:00:00.000Z', 3, 3],
  ])('at %s is %s, or else the first: %s, in whatever order they come', (iso, number, orFirst) => {
    const at = new Date(iso);
    for (const ordered of [settings, settings.toReversed()]) {
      expect(inForce(ordered, at)?.number).toBe(number);
      expect(inForceOrFirst(ordered, at)?.number).toBe(orFirst);
    }
  });

  it('is none where nothing was ever set', () => {
    expect(inForce([], new Date())).toBeNull();
    expect(inForceOrFirst([], new Date())).toBeNull();
  });
});
