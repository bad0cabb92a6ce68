import { newId, publicId } from '#kernel';
import { shownSubjectKey, storedSubjectKey } from './subject-key.js';

describe('the key of a subject', () => {
  const referral = newId('Referral');

  it.each(['lead', 'deal'])('of a %s is its public id', (kind) => {
    const shown = shownSubjectKey(kind, referral);
    expect(shown).toBe(publicId('Referral', referral));
    expect(storedSubjectKey(shown)).toBe(referral);
  });

  it.each(['order', 'signup', 'action'])("of a kind %s is the company's own", (kind) => {
    expect(shownSubjectKey(kind, 'ORD-1')).toBe('ORD-1');
  });

  it.each(['rfl_1', 'rfl_zzzzzzzzzzzzzzzzzzzzzzzzzz', 'ORD-1', 'RFL_01h455vb4pex5vsknk084sn02q'])(
    'takes %s, which is no id, for a key of the company',
    (key) => {
      expect(storedSubjectKey(key)).toBe(key);
    },
  );
});
