import { createTestDatabase, type TestDatabase } from '#testing';
import {
  BusEye,
  type BusProcess,
  type Handle,
  leaveEffects,
  messaging,
  type ProcessOptions,
  startProcess,
} from './bus-app.js';
import { done } from '../src/index.js';

/** A way to the queues that a test file runs the suites on. */
export interface QueuesUnderTest {
  readonly redisUrl: string | null;
  /** Loses every job, as FLUSHALL does. */
  loseJobs(eye: BusEye): Promise<void>;
}

/** One database for a suite; its processes are closed and its rows forgotten after each test. */
export interface BusUnderTest {
  readonly database: TestDatabase;
  readonly eye: BusEye;
  start(handle: Handle, timing?: ProcessOptions['timing']): Promise<BusProcess>;
  /** A process that publishes and consumes nothing. */
  startPublisher(): Promise<BusProcess>;
  loseJobs(): Promise<void>;
}

/** Call inside `describe`. */
export function busUnderTest(queues: () => QueuesUnderTest): BusUnderTest {
  const running: BusProcess[] = [];
  let database: TestDatabase;
  let eye: BusEye;

  beforeAll(async () => {
    database = await createTestDatabase();
    eye = await BusEye.open(database);
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.close()));
    await eye.forget();
  });

  afterAll(async () => {
    await eye.close();
    await database.drop();
  });

  return {
    get database() {
      return database;
    },
    get eye() {
      return eye;
    },
    start: async (handle, timing = {}) => {
      const one = await startProcess({
        databaseUrl: database.url,
        redisUrl: queues().redisUrl,
        controllers: [messaging(handle)],
        timing,
      });
      running.push(one);
      return one;
    },
    startPublisher: async () => {
      const one = await startProcess({
        databaseUrl: database.url,
        redisUrl: queues().redisUrl,
        services: ['approvals'],
        controllers: [],
      });
      running.push(one);
      return one;
    },
    loseJobs: () => queues().loseJobs(eye),
  };
}

export const effectThenDone: Handle = async (deliveries, context) => {
  await leaveEffects(deliveries, context);
  return deliveries.map(done);
};
