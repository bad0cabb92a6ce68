import type { Situation } from '../src/commissions/situation.js';
import type { OrderLine, SubjectFacts } from '../src/commissions/subject.js';

/** What a person learns from an offer's text, and nothing else of the offer. */
export interface ReadOffer {
  readonly holdDays: number;
  readonly review: 'manual' | 'automatic';
  /** What no sentence explains; empty when everything was understood. */
  readonly unread: string;
  /** What the reader expects for a subject, once all of it is fulfilled; minor units. */
  readonly pays: (subject: SubjectFacts, situation: Situation) => bigint;
}

const KEY = String.raw`"(?:[^"\\]|\\.)*"`;
const THINGS = `(?:the (?:product|category) ${KEY}(?:, | and | or )?)+`;
const MONEY = String.raw`[\d,]+\.\d\d EUR`;
const PAY = String.raw`\d+(?:\.\d+)?%|${MONEY}`;
const NOUN = '(?:signup|order|lead|deal|action)s?';
const PERIOD = '(?:in a calendar (?:month|quarter|year)|in all)';
const EACH = `each (signup|order|lead|deal|action)(?: (${KEY}))? of (?:a customer you referred|yours that is won)`;

/** Reads an offer's text by its sentences alone; knows nothing of rules and shares no arithmetic with them. */
export function readOfferText(text: string): ReadOffer {
  let rest = text;
  const take = (pattern: string): readonly string[] | null => {
    const found = new RegExp(`^${pattern} ?`).exec(rest);
    if (found) rest = rest.slice(found[0].length);
    return found && [...found].map((group) => group ?? '');
  };

  const lineRates = take(
    `Earn, of what the customer pays without tax and shipping on ${EACH}: ((?:${PAY}) for .*?); (nothing|${PAY}) for everything else\\. The rate of a product goes before that of its category\\.`,
  );
  const plain = lineRates
    ? null
    : take(
        `Earn (${PAY}) (?:(of .*?) on|for) ${EACH}( with ${THINGS} in it)?(; (?:(?:${PAY}) after (?:\\d+|${MONEY} of) ?${NOUN}(?:, | and )?)+ ${PERIOD})?\\.`,
      );
  if (plain?.[6]) {
    take(
      `Each ${NOUN} that earns counts in the order it is recorded, and goes on counting whatever becomes of it\\.`,
    );
  }
  const inCurrency = take(`Only ${NOUN} with an amount in EUR earn\\.`);
  const least = take(`It is at least (${MONEY})(?: and at most (${MONEY}))? for one ${NOUN}\\.`);
  const most = least ? null : take(`It is at most (${MONEY}) for one ${NOUN}\\.`);
  const duration = take(
    `Earn commissions for the customer's first (year|month|\\d+ months) \\((?:12 |a )?calendar months? from (the signup|the first payment)\\)\\.`,
  );
  const minimum = take(`Only orders of at least (${MONEY}) count\\.`);
  const count = take(
    `Only the first (\\d+ )?${NOUN} of each customer counts?, whatever becomes of (?:it|them)\\.`,
  );
  const perCustomer = take(`One customer earns you at most (${MONEY}); refunds give nothing of it back\\.`);
  const budgets = ['for each partner', 'for all partners together'].map((whose) =>
    take(
      `It pays at most (${MONEY}) ${whose} ${PERIOD}, in the order it is recorded; refunds give nothing of it back\\.`,
    ),
  );
  const end = take(String.raw`What happens from (\S+) on earns nothing\.`);
  take('Refunds lower the commission in proportion\\.');
  const hold = take('It (?:is payable at once|becomes payable (\\d+) days? after [^.]*)\\.');
  const review = take('The company looks at each commission before it is payable\\.');

  const [subjectWord = '', actionKey = ''] = (lineRates ? lineRates.slice(1) : plain?.slice(3)) ?? [];

  const pays = (subject: SubjectFacts, { customer, used, standing }: Situation): bigint => {
    if (subject.kind !== subjectWord) return 0n;
    if (subject.kind === 'action' && JSON.stringify(subject.action) !== actionKey) return 0n;
    if (end && subject.occurredAt >= new Date(end[1] ?? '')) return 0n;
    if (duration && !isInTime(duration, subject, customer)) return 0n;
    if (inCurrency && !isInEuros(subject)) return 0n;
    if (minimum && !(isInEuros(subject) && worthOf(subject).amount >= cents(minimum[1]))) return 0n;
    if (count && used.count >= Number(count[1]?.trim() || 1)) return 0n;
    const caps = [
      [perCustomer, used.amount],
      [budgets[0], standing.partnerSpent],
      [budgets[1], standing.programSpent],
    ] as const;
    const exact = lineRates
      ? byLines(lineRates, subject)
      : plain && byRate(plain, subject, standing.tierBefore);
    if (!exact) return 0n;
    let limits = round(exact.of, exact.by);
    if (least && limits < cents(least[1])) limits = cents(least[1]);
    for (const cap of [least?.[2], most?.[1]]) if (cap && limits > cents(cap)) limits = cents(cap);
    for (const [cap, spent] of caps) {
      if (!cap) continue;
      if (spent >= cents(cap[1])) return 0n;
      if (limits > cents(cap[1]) - spent) limits = cents(cap[1]) - spent;
    }
    const isAsDrawn = limits === round(exact.of, exact.by);
    const [of, by] = isAsDrawn ? [exact.of, exact.by] : [limits, 1n];
    if (subject.kind !== 'order' || subject.amount === 0n) return round(of, by);
    return round(of * (subject.amount - subject.refunded), by * subject.amount);
  };
  return { holdDays: Number(hold?.[1] || 0), review: review ? 'manual' : 'automatic', unread: rest, pays };
}

const worthOf = (subject: SubjectFacts) => {
  if (subject.kind === 'order') return subject;
  return ('worth' in subject ? subject.worth : null) ?? { amount: 0n, currency: 'none' };
};

const isInEuros = (subject: SubjectFacts) => worthOf(subject).currency === 'EUR';

interface Share {
  readonly of: bigint;
  readonly by: bigint;
}

/** Null: nothing is paid. */
function byRate(plain: readonly string[], subject: SubjectFacts, before: bigint): Share | null {
  const [, first = '', base = '', , , within = '', steps = ''] = plain;
  const pay = payAfter(first, steps, before);
  const things = /the (?:product|category) "/.test(base) ? base : within;
  const lines = subject.kind === 'order' && things ? linesNamed(things, subject.lines) : null;
  if (lines?.length === 0) return null;
  if (pay.endsWith(' EUR')) return { of: cents(pay), by: 1n };
  if (lines) return { of: total(lines) * basisPoints(pay), by: 10_000n };
  if (subject.kind === 'lead' || subject.kind === 'deal') {
    return subject.worth && { of: subject.worth.amount * basisPoints(pay), by: 10_000n };
  }
  if (subject.kind !== 'order') return null;
  const without =
    (base.includes('without tax') ? subject.tax : 0n) +
    (base.endsWith('and shipping') ? subject.shipping : 0n);
  return { of: (subject.amount - without) * basisPoints(pay), by: 10_000n };
}

function payAfter(first: string, steps: string, before: bigint): string {
  let pay = first;
  for (const [, step = '', after = ''] of steps.matchAll(
    new RegExp(`(${PAY}) after (\\d+|${MONEY})(?= of| ${NOUN})`, 'g'),
  )) {
    if (before >= (after.endsWith(' EUR') ? cents(after) : BigInt(after))) pay = step;
  }
  return pay;
}

function byLines([, , , rates = '', other = '']: readonly string[], subject: SubjectFacts): Share | null {
  if (subject.kind !== 'order' || subject.lines.length === 0) return null;
  const named = [...rates.matchAll(new RegExp(`(${PAY}) for (${THINGS})`, 'g'))];
  let of = 0n;
  for (const { amount, productKey, categoryKey } of subject.lines) {
    const rate =
      named.find(([, , things = '']) => has(things, 'product', productKey)) ??
      named.find(([, , things = '']) => has(things, 'category', categoryKey));
    of += amount * basisPoints(rate?.[1] ?? (other === 'nothing' ? '0%' : other));
  }
  return { of, by: 10_000n };
}

const has = (things: string, kind: string, key: string | null) =>
  key !== null &&
  [...things.matchAll(new RegExp(`the (product|category) (${KEY})`, 'g'))].some(
    ([, found, name]) => found === kind && name === JSON.stringify(key),
  );

const linesNamed = (things: string, lines: readonly OrderLine[]) =>
  lines.filter(
    (line) => has(things, 'product', line.productKey) || has(things, 'category', line.categoryKey),
  );

const total = (lines: readonly OrderLine[]) => lines.reduce((sum, { amount }) => sum + amount, 0n);

/** The drawn times lie in Berlin's summer, where a calendar month keeps the UTC hour. */
function isInTime(
  [, months = '', anchor]: readonly string[],
  subject: SubjectFacts,
  customer: Situation['customer'],
): boolean {
  const known = anchor === 'the signup' ? customer.signedUpAt : customer.firstPaidAt;
  const own = anchor === 'the first payment' && subject.kind === 'order' ? subject.occurredAt : null;
  const from = known && own ? (known < own ? known : own) : (known ?? own);
  if (!from) return false;
  const end = new Date(from);
  const count = months === 'year' ? 12 : Number.parseInt(months, 10) || 1;
  end.setUTCMonth(end.getUTCMonth() + count);
  return subject.occurredAt < end;
}

const cents = (text = '') => BigInt(text.replace(/[^\d]/g, ''));

/** `12.5%` is 1250. */
function basisPoints(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('%', '').split('.');
  return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
}

/** Half up; nothing here is negative. */
const round = (of: bigint, by: bigint) => (2n * of + by) / (2n * by);
