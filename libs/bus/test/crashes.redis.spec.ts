import { startTestRedis } from '#testing';
import { describeCrashes } from './crashes.js';

const redis = await startTestRedis();

(redis ? describe : describe.skip)('the bus on Redis queues, when workers are killed', () => {
  afterAll(() => redis?.stop());
  describeCrashes(() => ({ redisUrl: redis?.url ?? '', loseJobs: async () => redis?.flush() }));
});
