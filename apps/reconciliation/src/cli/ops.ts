import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { CommandFactory } from 'nest-commander';
import { CommandFailure } from './command-failure.js';
import { DeadLettersCommand } from './dead-letters.command.js';
import { DiscardDeadLetterCommand } from './discard-dead-letter.command.js';
import { HealthCommand } from './health.command.js';
import { ListDeadLettersCommand } from './list-dead-letters.command.js';
import { OpsApi } from './ops-api.js';
import { ReplayDeadLetterCommand } from './replay-dead-letter.command.js';
import { ReviseDeadLetterCommand } from './revise-dead-letter.command.js';
import { ShowDeadLetterCommand } from './show-dead-letter.command.js';
import { Terminal } from './terminal.js';

@Module({
  providers: [
    OpsApi,
    Terminal,
    DeadLettersCommand,
    ListDeadLettersCommand,
    ShowDeadLetterCommand,
    ReviseDeadLetterCommand,
    ReplayDeadLetterCommand,
    DiscardDeadLetterCommand,
    HealthCommand,
  ],
})
class OpsCommands {}

// Whoever reads the output stopped, as `| head` does: nothing is left to do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

/** `npm run ops -- …`: an operator's work from a terminal, by the same HTTP API as anyone's. */
await CommandFactory.run(OpsCommands, {
  logger: false,
  serviceErrorHandler: (error) => {
    process.stderr.write(
      `${error instanceof CommandFailure ? error.message : (error.stack ?? error.message)}\n`,
    );
    process.exitCode = 1;
  },
});
