import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { newId } from '#kernel';
import { drained, eventually } from '#testing';
import { FAST, idsOf, released } from './bus-app.js';
import { busUnderTest, effectThenDone, type QueuesUnderTest } from './bus-under-test.js';

const TIMING = { ...FAST, jobLockMs: 600, backoffMs: 200 };

/** Worker processes that are killed with SIGKILL in the middle of a batch. */
export function describeCrashes(queues: () => QueuesUnderTest): void {
  const under = busUnderTest(queues);
  let testEnded: AbortController;

  beforeEach(() => {
    testEnded = new AbortController();
  });

  afterEach(() => testEnded.abort());

  /** Runs a worker process until it has killed itself. */
  const dieOnce = async (lethal: string): Promise<void> => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'crashing-worker.mjs')], {
      stdio: ['ignore', 'ignore', 'inherit'],
      signal: testEnded.signal,
      killSignal: 'SIGKILL',
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: under.database.url,
        REDIS_URL: queues().redisUrl ?? '',
        LETHAL: lethal,
        TIMING: JSON.stringify(TIMING),
      },
    });
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    if (signal !== 'SIGKILL') throw new Error(`the worker ended with ${code ?? signal} before it was killed`);
  };

  /** A process that only publishes, so that the deliveries wait for the workers under test. */
  const publishAndLeave = async (events: ReturnType<typeof released>): Promise<void> => {
    const publisher = await under.startPublisher();
    await publisher.publish(events);
    await publisher.close();
  };

  it('processes an event once although its worker is killed five times in mid-batch', async () => {
    const [event] = released(newId('Company'), 1);
    if (!event) throw new Error('no event');
    await publishAndLeave([event]);
    for (let kill = 0; kill < 5; kill++) await dieOnce('any');
    await under.start(effectThenDone, TIMING);
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf([event]));
    const delivery = await under.eye.delivery(event);
    expect(delivery).toMatchObject({ state: 'done', attempts: 0 });
    // A crash that the queue itself noticed before the lease was over is not held against the event.
    expect(delivery.generation).toBeGreaterThan(1);
  });

  it('finds the event that kills every worker, makes it a dead letter, and processes its neighbours once', async () => {
    const events = released(newId('Company'), 20);
    const lethal = events[7];
    if (!lethal?.eventId) throw new Error('no event');
    await publishAndLeave(events);
    const isDead = async () => (await under.eye.delivery(lethal)).state === 'dead';
    await dieOnce(lethal.eventId);
    await dieOnce(lethal.eventId);
    await under.eye.query('update bus.delivery set generation = 8 where event_id = $1', [lethal.eventId]); // time-lapse
    // A worker that gets no processor for a while counts as crashed too: then it is dead before this one dies.
    await Promise.race([dieOnce(lethal.eventId), eventually(isDead, 60_000)]);
    await under.start(effectThenDone, TIMING);
    await eventually(isDead);
    await drained(under.database);
    expect(await under.eye.delivery(lethal)).toMatchObject({
      generation: 10,
      reason: 'CRASHES_WORKER',
      error: { code: 'CRASHES_WORKER' },
    });
    expect(await under.eye.effects()).toEqual(idsOf(events.filter((event) => event !== lethal)));
  });
}
