import { newId, publicId } from '#kernel';
import { bearer, type GatewayApp, startGateway } from './gateway-app.js';

const OPERATORS = '/v1/ops/operators';

describe('operators', () => {
  let gateway: GatewayApp;

  beforeAll(async () => {
    gateway = await startGateway();
  });

  afterAll(() => gateway.close());

  const add = (role: string, as = gateway.operator) =>
    gateway.call('POST', OPERATORS, as, { name: 'New', role });

  it('get a token with a role, shown once, that works until it is revoked', async () => {
    const added = await add('viewer');
    expect(added.body).toMatchObject({ role: 'viewer', secret: expect.stringMatching(/^flo_/) });
    const viewer = bearer(added.body.secret);
    expect((await gateway.call('GET', '/v1/ops/companies', viewer)).status).toBe(200);
    expect((await gateway.call('POST', '/v1/ops/companies', viewer, { name: 'x' })).status).toBe(403);
    const list = await gateway.call('GET', OPERATORS, gateway.operator);
    expect(JSON.stringify(list.body)).not.toContain(added.body.secret);
    expect((await gateway.call('DELETE', `${OPERATORS}/${added.body.id}`, gateway.operator)).status).toBe(
      204,
    );
    expect((await gateway.call('GET', '/v1/ops/companies', viewer)).status).toBe(401);
  });

  it.each(['viewer', 'operator'])('cannot be added or seen by a mere %s', async (role) => {
    const weak = bearer((await add(role)).body.secret);
    expect((await add('admin', weak)).status).toBe(403);
    expect((await gateway.call('GET', OPERATORS, weak)).status).toBe(403);
  });

  it('are 404 when there is none of that id', async () => {
    const nobody = publicId('Operator', newId('Operator'));
    expect((await gateway.call('DELETE', `${OPERATORS}/${nobody}`, gateway.operator)).status).toBe(404);
  });

  it('always leave one administrator, also when both are revoked at once', async () => {
    await add('admin');
    const { body } = await gateway.call('GET', OPERATORS, gateway.operator);
    const admins: { id: string }[] = body.data.filter(
      (operator: { role: string; revokedAt: string | null }) =>
        operator.role === 'admin' && operator.revokedAt === null,
    );
    expect(admins).toHaveLength(2);
    const answers = await Promise.all(
      admins.map(({ id }) => gateway.call('DELETE', `${OPERATORS}/${id}`, gateway.operator)),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });
});
