import { codeAssignedText, codeEndedText, linkGivenText } from './referring-text.js';
import { LIGHTHOUSE, MEMBERSHIP } from '../../test/lighthouse.js';

const names = { ...LIGHTHOUSE, offer: '' };
/** Midnight in Berlin: the day is the program's, not that of UTC. */
const JUNE = '2026-05-31T22:00:00.000Z';

describe('the text of a notice on a means to refer', () => {
  it('B-30 says where a link leads, where it is and what to do with it', () => {
    const { title, body } = linkGivenText(
      { ...MEMBERSHIP, linkId: 'l', destinationUrl: 'https://a.test/' },
      names,
    );
    expect(title).toBe('You have a new link for Lighthouse Referrals');
    expect(body).toContain('leads to https://a.test/. You find it under Links');
    expect(body).toContain('Where Links are locked, they say what opens them.');
  });

  it.each([
    ['2026-05-31T21:59:59.999Z', 'What customers order with it from 1 June 2026 on counts for you.'],
    [JUNE, 'What customers order with it counts for you, since 1 June 2026.'],
  ])('A-17 says from when on a code counts: read at %s', (now, counts) => {
    const assigned = { ...MEMBERSHIP, codeId: 'c', code: 'ADA10', from: JUNE };
    const { title, body } = codeAssignedText(assigned, names, new Date(now));
    expect(title).toBe('You have the code ADA10 for Lighthouse Referrals');
    expect(body).toContain(
      `Lighthouse GmbH gave you the discount code ADA10 for Lighthouse Referrals. ${counts}`,
    );
  });

  it.each([
    ['2026-05-31T21:59:59.999Z', 'ends', 'is'],
    [JUNE, 'ended', 'was'],
  ])('A-17 says until when a code counted that is taken back: read at %s', (now, verb, is) => {
    const ended = { ...MEMBERSHIP, codeId: 'c', code: 'ADA10', until: JUNE };
    const { title, body } = codeEndedText(ended, names, new Date(now));
    expect(title).toBe(`Your code ADA10 for Lighthouse Referrals ${verb}`);
    expect(body).toContain(`${is} yours until 1 June 2026: Lighthouse GmbH takes it back.`);
  });
});
