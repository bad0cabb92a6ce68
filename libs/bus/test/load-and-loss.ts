import { newId } from '#kernel';
import { drained, eventually } from '#testing';
import { done } from '../src/index.js';
import { idsOf, released } from './bus-app.js';
import { busUnderTest, effectThenDone, type QueuesUnderTest } from './bus-under-test.js';

/** How the bus shares work, bounds it, loses none and stops, whichever backend holds the queues. */
export function describeLoadAndLoss(queues: () => QueuesUnderTest): void {
  const under = busUnderTest(queues);

  it('shares the work of two processes without doing any of it twice', async () => {
    const [one, two] = await Promise.all([under.start(effectThenDone), under.start(effectThenDone)]);
    const events = [1, 2, 3, 4].flatMap(() => released(newId('Company'), 150));
    await Promise.all([one.publish(events.slice(0, 300)), two.publish(events.slice(300))]);
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf(events));
  });

  it('misses no wake-up, also one that comes while the relay is busy: no event waits for the poll', async () => {
    const bus = await under.start(effectThenDone, { pollMs: 600_000 });
    const events = released(newId('Company'), 60);
    const publishing = events.map(async (event, index) => {
      await new Promise((resolve) => {
        setTimeout(resolve, index * 7);
      });
      await bus.publish([event]);
    });
    await Promise.all(publishing);
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf(events));
  });

  it('sends nothing while a small batch is under way: what comes meanwhile makes the next one', async () => {
    const sizes: number[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const bus = await under.start(
      async (deliveries, context) => {
        sizes.push(deliveries.length);
        await gate;
        return effectThenDone(deliveries, context);
      },
      { pollMs: 600_000, handlerMs: 30_000 },
    );
    const events = released(newId('Company'), 4);
    await bus.publish(events.slice(0, 1));
    await eventually(() => sizes.length === 1);
    for (const event of events.slice(1)) await bus.publish([event]);
    release();
    await drained(under.database);
    expect(sizes).toEqual([1, 3]);
    expect(await under.eye.effects()).toEqual(idsOf(events));
  });

  it('lets companies take turns: a small one does not wait behind the backlog of a large one', async () => {
    const order: string[] = [];
    const [noisy, quiet] = [newId('Company'), newId('Company')];
    const bus = await under.start(
      async (deliveries) => {
        order.push(...deliveries.map((delivery) => delivery.companyId));
        return deliveries.map(done);
      },
      { concurrency: 1, openBatchesAtMost: 2, batchSize: 20 },
    );
    await bus.publish(released(noisy, 1000));
    await bus.publish(released(quiet, 10));
    await drained(under.database);
    expect(order).toHaveLength(1010);
    expect(order.lastIndexOf(quiet)).toBeLessThan(500);
  });

  it('keeps a backlog in PostgreSQL: no more than the bound is sent and unfinished', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const bus = await under.start(
      async (deliveries) => {
        await gate;
        return deliveries.map(done);
      },
      { sentAtMost: 90, batchSize: 20, openBatchesAtMost: 50, handlerMs: 30_000 },
    );
    await bus.publish([1, 2, 3].flatMap(() => released(newId('Company'), 100)));
    const sent = async () =>
      (await under.eye.deliveries()).filter((delivery) => delivery.state === 'sent').length;
    await eventually(async () => (await sent()) >= 85);
    for (let look = 0; look < 10; look++) expect(await sent()).toBeLessThanOrEqual(90);
    release();
    await drained(under.database);
  });

  it('I6 loses nothing and repeats nothing when the queues lose every job in mid-load', async () => {
    const bus = await under.start(effectThenDone, { concurrency: 1, batchSize: 10 });
    const events = [1, 2, 3].flatMap(() => released(newId('Company'), 200));
    await bus.publish(events);
    for (let time = 0; time < 3; time++) {
      const before = (await under.eye.effects()).length;
      await under.loseJobs();
      await eventually(async () => (await under.eye.effects()).length > before || before === events.length);
    }
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf(events));
    expect((await under.eye.deliveries()).every((delivery) => delivery.generation === 1)).toBe(true);
  });

  it('treats a handler that hangs as failed', async () => {
    const events = released(newId('Company'), 3);
    const hanging = events[1];
    if (!hanging) throw new Error('no event');
    let isStuck = true;
    const bus = await under.start(
      async (deliveries, context) => {
        if (isStuck && deliveries.some((delivery) => delivery.eventId === hanging.eventId)) {
          await new Promise(() => undefined);
        }
        return effectThenDone(deliveries, context);
      },
      { handlerMs: 400, backoffMs: 1000 },
    );
    await bus.publish(events);
    await eventually(async () =>
      (await under.eye.delivery(hanging)).error?.message.includes('longer than 400 ms'),
    );
    isStuck = false;
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf(events));
  });

  it('shuts down while batches run: they finish, nothing is lost, and closing twice is harmless', async () => {
    const bus = await under.start(async (deliveries, context) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      return effectThenDone(deliveries, context);
    });
    const events = released(newId('Company'), 50);
    await bus.publish(events);
    await eventually(async () =>
      (await under.eye.deliveries()).some((delivery) => delivery.state === 'sent'),
    );
    await bus.close();
    await bus.close();
    await under.start(effectThenDone);
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf(events));
  });

  it('does not hang at shutdown on a batch that never ends', async () => {
    const bus = await under.start(() => new Promise(() => undefined), { shutdownMs: 300, handlerMs: 60_000 });
    await bus.publish(released(newId('Company'), 1));
    await eventually(async () =>
      (await under.eye.deliveries()).some((delivery) => delivery.state === 'sent'),
    );
    const began = Date.now();
    await bus.close();
    expect(Date.now() - began).toBeLessThan(10_000); // the batch itself would go on for a minute
  });
}
