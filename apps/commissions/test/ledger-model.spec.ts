import fc from 'fast-check';
import { CommissionsFixture } from './commissions-fixture.js';
import { someCommands } from './ledger-model/commands.js';
import { ModelLedger } from './ledger-model/model-ledger.js';
import { RealLedger } from './ledger-model/real-ledger.js';
import { aStory } from './ledger-model/story.js';

const RUNS = Number(process.env['LEDGER_SEQUENCES'] ?? 300);
const MOST_COMMANDS = 24;

describe('the ledger', () => {
  let service: CommissionsFixture;

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-10T12:00:00Z');
  });

  afterAll(() => service.close());

  it(
    `I3 I4 I5 stands as a model in memory says after every step of ${RUNS} sequences`,
    async () => {
      await fc.assert(
        fc.asyncProperty(aStory, someCommands(MOST_COMMANDS), async (story, commands) => {
          await fc.asyncModelRun(
            async () => ({ model: new ModelLedger(story), real: await RealLedger.open(service, story) }),
            commands,
          );
        }),
        { numRuns: RUNS },
      );
      await service.verify();
    },
    RUNS * 5_000,
  );
});
