import type { QueuesUnderTest } from './bus-under-test.js';
import { describeLoadAndLoss } from './load-and-loss.js';
import { describeOutcomes } from './outcomes.js';

describe('the bus on BullMQ queues in PostgreSQL', () => {
  const queues = (): QueuesUnderTest => ({
    redisUrl: null,
    loseJobs: async (eye) => {
      await eye.query('delete from bullmq.job');
    },
  });
  describeOutcomes(queues);
  describeLoadAndLoss(queues);
});
