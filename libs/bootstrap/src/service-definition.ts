import type { EntitySchema } from '@mikro-orm/core';
import type { Type } from '@nestjs/common';
import type { Service } from '#contracts';
import type { Migration } from '#database';

/** All there is to know to host a service: alone in a process, or beside others. */
export interface ServiceDefinition {
  readonly service: Service;
  readonly module: Type;
  readonly entities: readonly EntitySchema[];
  readonly migrations: readonly Migration[];
}
