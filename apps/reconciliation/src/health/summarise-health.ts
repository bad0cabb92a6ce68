import { Injectable } from '@nestjs/common';
import { busHealth, type ConsumerHealth } from '#bus';
import { Database } from '#database';
import { Clock } from '#kernel';

/** The state of the whole pipeline in one look. */
@Injectable()
export class SummariseHealth {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  execute(): Promise<ConsumerHealth[]> {
    return busHealth(this.database, this.clock.now());
  }
}
