import { bearer, type GatewayApp, startGateway } from './gateway-app.js';

describe('wrong credentials', () => {
  let gateway: GatewayApp;

  beforeAll(async () => {
    gateway = await startGateway({ config: { requestsPerMinute: 120 } });
  });

  afterAll(() => gateway.close());

  it('are told to wait after three, while right ones from the same address still work', async () => {
    const guess = (count: number) => gateway.call('GET', '/v1/company', bearer(`flk_guess${count}`));
    for (let count = 0; count < 3; count++) expect((await guess(count)).status).toBe(401);
    const refused = await guess(4);
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(refused.headers.get('retry-after')).toBe('60');
    expect((await gateway.call('GET', '/v1/ops/companies', gateway.operator)).status).toBe(200);
  });
});
