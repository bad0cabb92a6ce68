import pg from 'pg';

/** Stops the server that the set-up started, or leaves the one it was given as it was. */
export default async function globalTeardown() {
  const { adminUrl, stop } = globalThis.__FAIRLEAD_SERVER__;
  if (stop) return stop();
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${process.env.FAIRLEAD_TEST_TEMPLATE} with (force)`);
  await admin.end();
}
