import type { EventType } from '#contracts';
import type { Id } from '#kernel';

/** A batch on its way: the id names its deliveries in PostgreSQL; nothing else is trusted. */
export interface Batch {
  readonly batchId: Id<'Batch'>;
  readonly eventType: EventType;
  /** Companies in the batch: the widest scope its transaction may have. */
  readonly companies: readonly Id<'Company'>[];
}

/** What a job's data holds: ids only, since Redis keeps it in clear text. */
export interface BatchJobData {
  readonly companies: readonly string[];
}
