import { rm } from 'node:fs/promises';
import pg from 'pg';

export default async function globalTeardown() {
  const started = globalThis.__FAIRLEAD_SERVER__;
  if (started) {
    await started.server.stop();
    await rm(started.directory, { recursive: true, force: true });
    return;
  }
  const admin = new pg.Client({ connectionString: process.env.FAIRLEAD_TEST_ADMIN_URL });
  await admin.connect();
  await admin.query(`drop database if exists ${process.env.FAIRLEAD_TEST_TEMPLATE} with (force)`);
  await admin.end();
}
