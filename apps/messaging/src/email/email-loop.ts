import { messageOf } from '#kernel';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ClaimEmails } from './claim-emails.js';
import { Mailer } from './mailer.js';
import { SendEmail } from './send-email.js';

/** How long an e-mail that another process queued may lie before it is seen. */
const POLL_MS = 1_000;

/** Sends what is due, from start to shutdown; woken as soon as this process has queued something. */
@Injectable()
export class EmailLoop implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(EmailLoop.name);
  #running: Promise<void> = Promise.resolve();
  #isStopping = false;
  #isWoken = false;
  #endRest: () => void = () => undefined;

  constructor(
    private readonly claimEmails: ClaimEmails,
    private readonly sendEmail: SendEmail,
    private readonly mailer: Mailer,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.#run();
  }

  /** Lets the e-mails in hand finish; their deadline bounds the wait. */
  async onModuleDestroy(): Promise<void> {
    this.#isStopping = true;
    this.wake();
    await this.#running;
  }

  wake(): void {
    this.#isWoken = true;
    this.#endRest();
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      this.#isWoken = false;
      let hasMore = false;
      try {
        hasMore = await this.#pass();
      } catch (error) {
        this.#logger.warn(`e-mails wait: ${messageOf(error)}`);
      }
      if (!hasMore) await this.#rest();
    }
  }

  /** @returns whether there may be more to do at once */
  async #pass(): Promise<boolean> {
    if (!this.mailer.isConfigured) {
      await this.claimEmails.hold();
      return false;
    }
    await this.claimEmails.release();
    const companies = await this.claimEmails.companiesInTurn();
    for (const company of companies) {
      if (this.#isStopping) return false;
      const emails = await this.claimEmails.claim(company);
      // All finish before any failure is told: shutdown waits for e-mails in hand.
      const attempts = await Promise.allSettled(emails.map((email) => this.sendEmail.execute(email)));
      const failure = attempts.find((attempt) => attempt.status === 'rejected');
      if (failure) throw failure.reason;
    }
    return companies.length > 0;
  }

  #rest(): Promise<void> {
    if (this.#isWoken || this.#isStopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.#endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
