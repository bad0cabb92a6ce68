import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { ClickBuffer } from './click-buffer.js';
import { ClickLosses } from './click-losses.js';
import { ClickOverflow } from './click-overflow.js';
import { ClickPartitions } from './click-partitions.js';
import { ClickStore } from './click-store.js';

/** Makes clicks durable. */
@Module({
  imports: [DatabaseModule.forService('tracking')],
  providers: [ClickBuffer, ClickLosses, ClickOverflow, ClickPartitions, ClickStore],
  exports: [ClickBuffer],
})
export class ClickModule implements OnApplicationShutdown {
  constructor(
    private readonly buffer: ClickBuffer,
    private readonly overflow: ClickOverflow,
    private readonly store: ClickStore,
  ) {}

  /** Runs when the server has stopped listening: what is on its way becomes durable. */
  async onApplicationShutdown(): Promise<void> {
    await this.buffer.settle();
    await this.overflow.close();
    await this.store.close();
  }
}
