import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bearer, type GatewayApp, startGateway } from '../../gateway/test/gateway-app.js';

const SCRIPT = 'dist/apps/standalone/src/operator-token.js';

describe('npm run operator-token', () => {
  let gateway: GatewayApp;

  beforeEach(async () => {
    gateway = await startGateway();
  });

  afterEach(() => gateway.close());

  const run = async (...flags: string[]) => {
    const env = { DATABASE_ADMIN_URL: gateway.database.adminUrl };
    const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, ...flags], { env });
    return bearer(/flo_\S+/.exec(stdout)?.[0] ?? '');
  };
  const operators = (headers: Record<string, string>) => gateway.call('GET', '/v1/ops/operators', headers);

  it('gives whoever has the database a new administrator, beside those there are', async () => {
    const lost = await run('--name', 'Ada');
    expect((await operators(lost)).body.data).toMatchObject([{ name: 'Ada', role: 'admin' }, {}]);
    expect((await operators(gateway.operator)).status).toBe(200);
  });

  it('ends all others when one may be stolen', async () => {
    const only = await run('--revoke-others');
    expect((await operators(only)).status).toBe(200);
    expect((await operators(gateway.operator)).status).toBe(401);
  });

  it('says what to set when it finds no database', async () => {
    const env = { FAIRLEAD_DATA_DIR: '/nowhere' };
    await expect(promisify(execFile)(process.execPath, [SCRIPT], { env })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATABASE_ADMIN_URL'),
    });
  });
});
