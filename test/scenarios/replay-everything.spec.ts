import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppConfig } from '#config';
import {
  asAdmin,
  drained,
  expectInvariants,
  FixedClock,
  freePort,
  type MailCatcher,
  startMailCatcher,
} from '#testing';
import { ReleaseHolds } from '../../apps/commissions/src/hold/release-holds.js';
import { createStandalone } from '../../apps/standalone/src/create-standalone.js';
import { INVARIANTS } from '../../apps/standalone/src/invariants.js';
import { Browser } from '../../demo/browser.js';
import { type Company, openCompany } from '../../demo/company.js';
import { joinProgram, signUpPartner } from '../../demo/people.js';
import { type Standalone, startStandalone } from './standalone.js';

const ORDERS = 24;
const DAY_MS = 86_400_000;

describe('two instances, every fact twice and in disorder, then everything again', () => {
  const clock = new FixedClock(new Date().toISOString());
  const expected = new Map<string, number>();
  let mail: MailCatcher;
  let product: Standalone;
  let second: NestFastifyApplication;
  let secondDir: string;
  let company: Company;
  let link: string;

  beforeAll(async () => {
    mail = await startMailCatcher();
    product = await startStandalone({ config: { smtpUrl: mail.url }, clock });
    secondDir = await mkdtemp(join(tmpdir(), 'fairlead-scenario-'));
    const config = Object.assign(new AppConfig(), product.config, { dataDir: secondDir });
    second = await createStandalone(config, { clock });
    await second.listen(await freePort(), '127.0.0.1');
    company = await openCompany(product.operator);
    const partner = await signUpPartner(product.operator, mail, 'Ada', 'ada@partners.example');
    link = await joinProgram(partner, company.api, company.programId, 'ada-replayed');
    clock.advance(1_000);
  });

  afterAll(async () => {
    await second.close();
    await product.close();
    await mail.stop();
    await rm(secondDir, { recursive: true, force: true });
  });

  const query = <Row>(text: string) => asAdmin<Row>(product.database, text);
  const balances = async () =>
    new Map(
      (
        await query<{ subject_key: string; owed: string }>(
          'select subject_key, held + payable as owed from commissions.commission order by 1',
        )
      ).map(({ subject_key, owed }) => [subject_key, Number(owed)]),
    );
  const written = () =>
    query(`select (select count(*) from commissions.posting) as postings,
      (select sum(abs(amount)) from commissions.posting) as posted, (select count(*) from messaging.notice) as notices`);
  const settled = async () => {
    await drained(product.database);
    await expectInvariants(product.database, INVARIANTS, clock);
  };
  const everythingAgain = async () => {
    await query(`update bus.delivery set state = 'ready', attempts = 0, due_at = now(), batch_id = null,
      lease_until = null, finished_at = null, error = null, reason = null`);
    await settled();
  };

  /** The facts of one order, and what it comes to: 20 % of what is left of it, once it is fulfilled. */
  async function factsOf(n: number): Promise<object[]> {
    const { clickId } = await new Browser().click(link);
    clock.advance(10);
    const [key, amount] = [`order-${n}`, 101 + 997 * n];
    const refunds = Array.from({ length: n % 4 }, (_, index) => Math.floor(amount / (index + 2)));
    const left = Math.max(0, amount - refunds.reduce((sum, refund) => sum + refund, 0));
    const isFulfilled = n % 5 > 0;
    expected.set(key, isFulfilled ? Math.round(left / 5) : 0);
    const fact = (type: string, data: object) => ({ type, timestamp: clock.now().toISOString(), data });
    return [
      fact('order.placed', {
        clickId,
        customer: { id: `c-${n}` },
        order: { id: key, amount, currency: 'EUR' },
      }),
      ...(isFulfilled ? [fact('order.fulfilled', { order: { id: key } })] : []),
      ...refunds.map((refund, index) =>
        fact('order.refunded', {
          order: { id: key },
          refund: { id: `r-${index}`, amount: refund, currency: 'EUR' },
        }),
      ),
    ];
  }

  it('pays each order once, whatever comes twice', async () => {
    const facts: object[] = [];
    for (let n = 0; n < ORDERS; n += 1) facts.push(...(await factsOf(n)));
    // Backwards, so that refunds come before their orders; and each under two ids.
    const twice = facts.toReversed().flatMap((fact) => [fact, fact]);
    await Promise.all(twice.map((fact) => company.shop.send(fact)));
    await settled();
    expect(await balances()).toEqual(new Map([...expected].toSorted(([a], [b]) => (a < b ? -1 : 1))));
  });

  it('writes nothing when every delivery of every consumer is handled again', async () => {
    const before = [await balances(), await written()];
    await everythingAgain();
    expect([await balances(), await written()]).toEqual(before);
  });

  it('releases each hold once, in whichever instance, and a clock set back changes nothing', async () => {
    const before = await balances();
    const held = await query(`select 1 from commissions.commission where state = 'held'`);
    clock.advance(40 * DAY_MS);
    const releases = [product.app, second, product.app, second].map((app) =>
      app.get(ReleaseHolds, { strict: false }).execute(),
    );
    const released = (await Promise.all(releases)).reduce((sum, count) => sum + count, 0);
    await settled();
    expect(released).toBeLessThanOrEqual(held.length);
    expect(await query(`select 1 from commissions.commission where state = 'held'`)).toEqual([]);
    expect(await balances()).toEqual(before);

    const afterRelease = await written();
    clock.advance(-45 * DAY_MS);
    await everythingAgain();
    expect([await balances(), await written()]).toEqual([before, afterRelease]);
  });
});
