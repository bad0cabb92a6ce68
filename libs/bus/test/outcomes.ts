import { InvalidInput, newId, Unavailable } from '#kernel';
import { drained, eventually } from '#testing';
import { done, ignored, type Outcome, permanent, wait } from '../src/index.js';
import { CLOCK, idsOf, leaveEffects, released } from './bus-app.js';
import { busUnderTest, effectThenDone, type QueuesUnderTest } from './bus-under-test.js';

/** What becomes of a delivery, whichever backend holds the queues. */
export function describeOutcomes(queues: () => QueuesUnderTest): void {
  const under = busUnderTest(queues);

  it('delivers the events of many companies, each once, in batches ordered by event time', async () => {
    const batches: number[] = [];
    const bus = await under.start(async (deliveries, context) => {
      batches.push(deliveries.length);
      const times = deliveries.map((delivery) => delivery.occurredAt.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      return effectThenDone(deliveries, context);
    });
    const events = [1, 2, 3].flatMap((label) => released(newId('Company'), 150, String(label)));
    await bus.publish(events);
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf(events));
    expect(Math.max(...batches)).toBeGreaterThan(20);
    expect(Math.max(...batches)).toBeLessThanOrEqual(200);
  });

  it('tries again after an exception and keeps its real message until it succeeds', async () => {
    const [event] = released(newId('Company'), 1);
    if (!event) throw new Error('no event');
    let calls = 0;
    const bus = await under.start(
      async (deliveries, context) => {
        calls += 1;
        await leaveEffects(deliveries, context);
        if (calls <= 2) throw new Error('the mail room is closed');
        return deliveries.map(done);
      },
      { backoffMs: 300 },
    );
    await bus.publish([event]);
    await eventually(
      async () => (await under.eye.delivery(event)).error?.message === 'the mail room is closed',
    );
    await drained(under.database);
    expect(await under.eye.delivery(event)).toMatchObject({ state: 'done', attempts: 2 });
    expect(await under.eye.effects()).toEqual(idsOf([event]));
  });

  it('halves a failing batch until the poison stands alone, and lets 199 neighbours through', async () => {
    class PoisonError extends Error {
      override readonly name = 'PoisonError';
    }
    const events = released(newId('Company'), 200);
    const poison = events[77];
    if (!poison) throw new Error('no event');
    const bus = await under.start(async (deliveries, context) => {
      await leaveEffects(deliveries, context);
      if (deliveries.some((delivery) => delivery.eventId === poison.eventId))
        throw new PoisonError('cannot digest');
      return deliveries.map(done);
    });
    await bus.publish(events);
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf(events.filter((event) => event !== poison)));
    expect(await under.eye.delivery(poison)).toMatchObject({
      state: 'dead',
      attempts: 5,
      reason: 'UNEXPECTED',
      error: {
        class: 'PoisonError',
        message: 'cannot digest',
        stack: expect.stringContaining('outcomes'),
      },
    });
    const [dead] = await under.eye.query<{ data: { commissionId: string } }>(
      `select e.data from bus.delivery d join bus.event e using (company_id, event_id) where d.state = 'dead'`,
    );
    expect(dead?.data.commissionId).toBe('x-77');
  });

  it('makes a dead letter at once of what can never succeed, and goes on trying what may', async () => {
    const [hopeless, refused, transient] = released(newId('Company'), 3);
    let away = 6;
    const bus = await under.start(async (deliveries) =>
      deliveries.map((delivery): Outcome => {
        if (delivery.eventId === hopeless?.eventId)
          throw new InvalidInput('amount.negative', 'Send a positive amount.');
        if (delivery.eventId === refused?.eventId)
          return permanent('UNKNOWN_PROGRAM', 'There is no such program.');
        if (delivery.eventId === transient?.eventId && away-- > 0)
          throw new Unavailable('away', 'Try again.');
        return done();
      }),
    );
    if (!hopeless || !refused || !transient) throw new Error('no events');
    await bus.publish([hopeless, refused, transient]);
    await drained(under.database);
    expect(await under.eye.delivery(hopeless)).toMatchObject({
      state: 'dead',
      attempts: 1,
      error: { code: 'amount.negative' },
    });
    expect(await under.eye.delivery(refused)).toMatchObject({
      state: 'dead',
      attempts: 1,
      error: { code: 'UNKNOWN_PROGRAM', message: 'There is no such program.' },
    });
    expect(await under.eye.delivery(transient)).toMatchObject({ state: 'done' });
  });

  it('tries contention again at once, without counting it as a failure', async () => {
    const [event] = released(newId('Company'), 1);
    if (!event) throw new Error('no event');
    let calls = 0;
    const bus = await under.start(async (deliveries) => {
      calls += 1;
      if (calls === 1) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      return deliveries.map(done);
    });
    await bus.publish([event]);
    await drained(under.database);
    expect(await under.eye.delivery(event)).toMatchObject({ state: 'done', attempts: 0 });
    expect(calls).toBe(2);
  });

  it('parks what waits and wakes it; ends it visibly at its deadline, and even then it can be woken', async () => {
    const company = newId('Company');
    const [woken, overdue, never] = released(company, 3);
    if (!woken || !overdue || !never) throw new Error('no events');
    const here = new Set<string | undefined>();
    const bus = await under.start(async (deliveries) =>
      deliveries.map((delivery) => {
        if (delivery.eventId === never.eventId) return ignored('NOT_FOR_US');
        if (here.has(delivery.eventId)) return done();
        const minutes = delivery.eventId === woken.eventId ? 15 : 1;
        return wait(
          `order:${delivery.eventId}`,
          'ORDER_UNKNOWN',
          new Date(CLOCK.now().getTime() + minutes * 60_000),
        );
      }),
    );
    await bus.publish([woken, overdue, never]);
    await eventually(async () => (await under.eye.delivery(woken)).state === 'parked');
    expect(await under.eye.delivery(never)).toMatchObject({ state: 'ignored', reason: 'NOT_FOR_US' });
    here.add(woken.eventId);
    await bus.wake(company, `order:${woken.eventId}`);
    await eventually(async () => (await under.eye.delivery(woken)).state === 'done');
    CLOCK.advance(2 * 60_000);
    await eventually(async () => (await under.eye.delivery(overdue)).state === 'ignored');
    expect((await under.eye.delivery(overdue)).reason).toBe('ORDER_UNKNOWN');
    here.add(overdue.eventId);
    await bus.wake(company, `order:${overdue.eventId}`);
    await eventually(async () => (await under.eye.delivery(overdue)).state === 'done');
  });

  it('tries a parked delivery again by itself, in case its wake-up was missed', async () => {
    const [event] = released(newId('Company'), 1);
    if (!event) throw new Error('no event');
    let isHere = false;
    const bus = await under.start(async (deliveries) =>
      deliveries.map(() =>
        isHere ? done() : wait('order:1', 'ORDER_UNKNOWN', new Date(CLOCK.now().getTime() + 60_000)),
      ),
    );
    await bus.publish([event]);
    await eventually(async () => (await under.eye.delivery(event)).state === 'parked');
    isHere = true;
    await eventually(async () => (await under.eye.delivery(event)).state === 'done');
  });
}
