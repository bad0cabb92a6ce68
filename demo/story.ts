import { eventually, type MailCatcher } from '#testing';
import type { ApiClient } from './api-client.js';
import { repairAndReplay } from './broken-webhook.js';
import { Browser } from './browser.js';
import { openCompany } from './company.js';
import type { Narrator } from './narrator.js';
import { joinProgram, shown, signUpPartner } from './people.js';
import { PartnerView, tell } from './readings.js';
import { subscriptionSale } from './stripe-events.js';

/** What the story leaves behind, for the JSON summary and for the test that checks it. */
export interface StoryResult {
  readonly companyId: string;
  readonly companyKey: string;
  readonly programId: string;
  readonly webhooks: Readonly<Record<'accepted' | 'duplicate' | 'conflict', number>>;
  readonly clicks: number;
  readonly winner: PartnerView;
  readonly loser: PartnerView;
  readonly deadLetters: number;
  readonly replays: readonly string[];
}

/** Plays the whole product once, through its public API only. */
export async function playStory(
  operator: ApiClient,
  mail: MailCatcher,
  narrator: Narrator,
): Promise<StoryResult> {
  const webhooks = { accepted: 0, duplicate: 0, conflict: 0 };
  const count = async (answer: Promise<{ status: keyof typeof webhooks }>) => {
    webhooks[(await answer).status] += 1;
  };

  narrator.chapter('A company opens a program');
  const company = await openCompany(operator);
  narrator.say('Harbour Coffee has a key, a shop and Stripe connected, terms, and two offers:');
  narrator.say('20 % of sales in the first year, 5 EUR for a signup, both held for 30 days.');

  narrator.chapter('Two partners join');
  const ada = await signUpPartner(operator, mail, 'Ada', 'ada@partners.example');
  const grace = await signUpPartner(operator, mail, 'Grace', 'grace@partners.example');
  const adaLink = await joinProgram(ada, company.api, company.programId, 'ada-beans');
  const graceLink = await joinProgram(grace, company.api, company.programId, 'grace-beans');
  const [loser, winner] = [ada, grace].map((partner) => new PartnerView(partner, company.programId));
  if (!loser || !winner) throw new Error('two partners joined');
  narrator.say(`Ada shares ${adaLink}, Grace shares ${graceLink}.`);

  narrator.chapter('A visitor clicks on both links');
  const browser = new Browser();
  await browser.click(adaLink);
  const visit = await browser.click(graceLink);
  narrator.say(`302 to ${visit.destination}`);
  narrator.say(`Set-Cookie: ${visit.setCookie}`);

  narrator.chapter('The shop reports an order; it is not shipped yet');
  const order = {
    type: 'order.placed',
    timestamp: new Date().toISOString(),
    data: {
      clickId: visit.clickId,
      customer: { id: 'customer-1', email: 'kim@example.org' },
      order: { id: 'order-1', amount: 12_000, currency: 'EUR' },
    },
  };
  await count(company.shop.send(order, 'msg_order-1'));
  await count(company.shop.send(order, 'msg_order-1'));
  const altered = { ...order, data: { ...order.data, order: { ...order.data.order, amount: 99_000 } } };
  await count(company.shop.send(altered, 'msg_order-1'));
  const [waiting] = await eventually(async () => {
    const orders = await winner.waitingOrders();
    return orders.length > 0 && orders;
  });
  narrator.say(
    'Sent twice: a duplicate. Sent again with another amount: a conflict, kept for the company to see.',
  );
  narrator.show('Grace', [['waiting', waiting?.summary ?? '']]);

  narrator.chapter('It ships: the last click is credited');
  const fulfilled = {
    type: 'order.fulfilled',
    timestamp: new Date().toISOString(),
    data: { order: { id: 'order-1' } },
  };
  await count(company.shop.send(fulfilled));
  const [first] = await winner.heldCommissions(1);
  if (!first) throw new Error('the commission is missing');
  narrator.say(`Grace has earned ${shown(first.amount)}, held for 30 days.`);
  const trace = await winner.trace(first.id);
  const candidates = trace.actions.flatMap((action) => action.revisions.at(-1)?.candidates ?? []);
  narrator.show(
    'Grace',
    candidates.map(({ partner, reason }) => [`trace: ${partner}`, `${reason.code}: ${reason.sentence}`]),
  );

  narrator.chapter('A signup pays the flat offer, a subscription in Stripe the percentage');
  const signup = await new Browser().click(adaLink);
  const signedUp = { customer: { id: 'customer-2', email: 'lee@example.org' }, clickId: signup.clickId };
  await count(
    company.shop.send({ type: 'customer.signed_up', timestamp: new Date().toISOString(), data: signedUp }),
  );
  const subscriber = await new Browser().click(graceLink);
  const sale = subscriptionSale(subscriber.clickId, 9_000);
  for (const event of [sale.invoicePayment, sale.invoicePaid, sale.checkout])
    await count(company.billing.send(event));
  await loser.heldCommissions(1);
  await winner.heldCommissions(3);
  narrator.say('Checkout, invoice and payment came in the wrong order and are one sale, and one signup.');

  narrator.chapter('Refunds take back their share');
  const refund = { order: { id: 'order-1' }, refund: { id: 'refund-1', amount: 3_000, currency: 'EUR' } };
  await count(
    company.shop.send({ type: 'order.refunded', timestamp: new Date().toISOString(), data: refund }),
  );
  await count(company.billing.send(sale.refund(4_500)));
  await eventually(async () => {
    const amounts = (await winner.commissions()).map(({ amount }) => amount.amount);
    return amounts.includes(1_800) && amounts.includes(900);
  });
  narrator.say('30.00 of 120.00 and 45.00 of 90.00 EUR went back: 24.00 became 18.00, 18.00 became 9.00.');

  narrator.chapter('A webhook that cannot be understood is repaired and replayed');
  const replays = await repairAndReplay({ operator, company, link: graceLink, count, narrator, winner });

  narrator.chapter('What each of them sees');
  await eventually(async () => (await winner.notices()).length >= 5);
  await eventually(() => mail.mails.filter(({ recipients }) => recipients.includes(grace.email)).length >= 6);
  await tell(winner, narrator);
  await tell(loser, narrator);
  const letters = mail.mails.filter(({ recipients }) => recipients.includes(grace.email));
  narrator.say(`Grace also got ${letters.length} e-mails, the last one: "${letters.at(-1)?.subject ?? ''}".`);
  return {
    companyId: company.id,
    companyKey: company.api.token ?? '',
    programId: company.programId,
    webhooks,
    clicks: 5,
    winner,
    loser,
    deadLetters: 1,
    replays,
  };
}
