import { startTestRedis } from '#testing';
import type { QueuesUnderTest } from './bus-under-test.js';
import { describeLoadAndLoss } from './load-and-loss.js';
import { describeOutcomes } from './outcomes.js';

const redis = await startTestRedis();

(redis ? describe : describe.skip)('the bus on BullMQ queues in Redis', () => {
  afterAll(() => redis?.stop());

  const queues = (): QueuesUnderTest => ({
    redisUrl: redis?.url ?? '',
    loseJobs: async () => redis?.flush(),
  });
  describeOutcomes(queues);
  describeLoadAndLoss(queues);
});
