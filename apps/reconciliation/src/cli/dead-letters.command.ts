import { Command, CommandRunner } from 'nest-commander';
import { DiscardDeadLetterCommand } from './discard-dead-letter.command.js';
import { ListDeadLettersCommand } from './list-dead-letters.command.js';
import { ReplayDeadLetterCommand } from './replay-dead-letter.command.js';
import { ReviseDeadLetterCommand } from './revise-dead-letter.command.js';
import { ShowDeadLetterCommand } from './show-dead-letter.command.js';

@Command({
  name: 'dead-letters',
  description: 'find, mend, replay and discard what could not be processed',
  subCommands: [
    ListDeadLettersCommand,
    ShowDeadLetterCommand,
    ReviseDeadLetterCommand,
    ReplayDeadLetterCommand,
    DiscardDeadLetterCommand,
  ],
})
export class DeadLettersCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help();
  }
}
