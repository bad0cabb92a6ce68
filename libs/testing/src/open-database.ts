import { MikroORM } from '@mikro-orm/postgresql';
import { Database, type DatabaseRole } from '#database';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** A test database and a service's way into it, without an app around them. */
export interface OpenDatabase {
  readonly server: TestDatabase;
  /** In the service's role; `as` gives another one. */
  readonly database: Database;
  /** Also drops the test database. */
  close(): Promise<void>;
}

export async function openDatabase(role: DatabaseRole): Promise<OpenDatabase> {
  const server = await createTestDatabase();
  const orm = await MikroORM.init({
    clientUrl: server.url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
  });
  return {
    server,
    database: new Database(orm, role),
    async close() {
      await orm.close(true);
      await server.drop();
    },
  };
}
