import { describeCrashes } from './crashes.js';

describe('the bus on PostgreSQL queues, when workers are killed', () => {
  describeCrashes(() => ({ redisUrl: null, loseJobs: () => Promise.resolve() }));
});
