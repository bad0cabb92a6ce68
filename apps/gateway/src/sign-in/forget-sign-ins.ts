import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { Clock } from '#kernel';

/**
 * Removes sign-ins whose link is over, used or not: whoever signed up with a stranger's address leaves no trace of
 * it here. The limit of links per address looks back no further than a link works.
 */
@Injectable()
export class ForgetSignIns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    await this.database.transaction(companyScope(PLATFORM_COMPANY), (tx) =>
      tx.query('delete from access.sign_in where expires_at <= $1', [this.clock.now()]),
    );
  }
}
