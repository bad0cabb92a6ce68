import { silent } from '../../demo/narrator.js';
import { playStory, type StoryResult } from '../../demo/story.js';
import { drained, eventually, expectInvariants, type MailCatcher, startMailCatcher } from '#testing';
import { INVARIANTS } from '../../apps/standalone/src/invariants.js';
import { type Standalone, startStandalone } from './standalone.js';

describe('the whole path once', () => {
  let mail: MailCatcher;
  let product: Standalone;
  let story: StoryResult;

  beforeAll(async () => {
    mail = await startMailCatcher();
    product = await startStandalone({ config: { smtpUrl: mail.url } });
    story = await playStory(product.operator, mail, silent);
  });

  afterAll(async () => {
    await product.close();
    await mail.stop();
  });

  it('A-04 credits the order to the last click and pays the other partner nothing for it', async () => {
    const amounts = (await story.winner.commissions()).map(({ amount }) => amount.amount);
    expect(amounts.toSorted((a, b) => a - b)).toEqual([500, 900, 1_000, 1_800]);
    expect(
      (await story.loser.commissions()).map(({ subject, amount }) => [subject.kind, amount.amount]),
    ).toEqual([['signup', 500]]);
  });

  it('A-04 tells the loser that a later click was credited, without a name or personal data', async () => {
    const outcomes = await story.loser.outcomes();
    expect(outcomes.map(({ reason }) => reason.code)).toContain('OTHER_PARTNER_LAST_CLICK');
    const text = JSON.stringify(outcomes);
    for (const secret of ['Grace', 'grace', 'kim@example.org', 'customer-1', 'order-1']) {
      expect(text).not.toContain(secret);
    }
  });

  it('A-19 shows the customer once the order is fulfilled, with a masked address', async () => {
    const customers = await story.winner.customers();
    expect(customers).toHaveLength(3);
    expect(JSON.stringify(customers)).not.toContain('kim@example.org');
  });

  it('A-25 judges a repaired and replayed order by the offer of its own time, once', async () => {
    expect(story.replays).toEqual(['applied', 'already_done']);
    const amounts = (await story.winner.commissions()).map(({ amount }) => amount.amount);
    expect(amounts.filter((amount) => amount === 1_000)).toHaveLength(1);
  });

  it('counts a repeated webhook as duplicate and an altered one as conflict', () => {
    expect(story.webhooks).toEqual({ accepted: 10, duplicate: 1, conflict: 1 });
  });

  it('tells the winner by notice and by e-mail', async () => {
    const titles = (await story.winner.notices()).map(({ title }) => title);
    expect(titles.length).toBeGreaterThanOrEqual(6);
    const subjects = () =>
      mail.mails
        .filter(({ recipients }) => recipients.includes('grace@partners.example'))
        .map(({ subject }) => subject);
    await eventually(() => titles.every((title) => subjects().includes(title)));
    expect(subjects()).toEqual(expect.arrayContaining(titles));
  });

  it('holds every invariant afterwards', async () => {
    await drained(product.database);
    await expectInvariants(product.database, INVARIANTS);
  });
});
