import { MikroOrmModule } from '@mikro-orm/nestjs';
import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { type DynamicModule, Module } from '@nestjs/common';
import type { EntitySchema } from '@mikro-orm/core';
import { Database } from './database.js';
import type { DatabaseRole } from './scope.js';

export interface DatabaseConnection {
  readonly url: string;
  readonly entities: readonly EntitySchema[];
  /** Connections of the ORM's pool at the most. */
  readonly poolSize: number;
}

/** `forRoot` connects once per process; `forService` gives a service its role's `Database`. */
@Module({})
export class DatabaseModule {
  static forRoot(connection: DatabaseConnection): DynamicModule | Promise<DynamicModule> {
    return MikroOrmModule.forRoot({
      driver: PostgreSqlDriver,
      clientUrl: connection.url,
      // The driver reads all of the URL; the ORM's own reading drops what follows "?", such as sslmode.
      driverOptions: { connectionString: connection.url },
      entities: [...connection.entities],
      pool: { max: connection.poolSize },
      discovery: { warnWhenNoEntities: false },
      registerRequestContext: false,
    });
  }

  static forService(role: DatabaseRole): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: Database, useFactory: (orm: MikroORM) => new Database(orm, role), inject: [MikroORM] },
      ],
      exports: [Database],
    };
  }
}
