import { fastify, type FastifyInstance } from 'fastify';
import { apiDocumentOf } from '#bootstrap';
import { PROXIED_ROUTES } from '../../gateway/src/proxy/routes.js';
import { SERVICES } from '../src/services.js';

describe('the routes of the distributed shape', () => {
  let router: FastifyInstance;

  beforeAll(async () => {
    router = fastify();
    for (const { path, service } of PROXIED_ROUTES) {
      for (const url of [path, `${path}/*`]) router.all(url, () => service);
    }
    await router.ready();
  });

  afterAll(() => router.close());

  it.each(SERVICES.filter(({ service }) => service !== 'gateway'))(
    'lead every path of $service to it',
    async (definition) => {
      const { paths } = await apiDocumentOf([definition]);
      const astray: string[] = [];
      for (const path of Object.keys(paths)) {
        const { body } = await router.inject(path.replaceAll(/\{\w+\}/g, 'x_1'));
        if (body !== definition.service) astray.push(path);
      }
      expect(astray).toEqual([]);
    },
  );

  it('leave the gateway its own paths', async () => {
    const gateway = SERVICES.filter(({ service }) => service === 'gateway');
    const { paths } = await apiDocumentOf(gateway);
    for (const path of Object.keys(paths)) {
      expect((await router.inject(path.replaceAll(/\{\w+\}/g, 'x_1'))).statusCode).toBe(404);
    }
  });

  it('lead redirects and webhooks to tracking', async () => {
    for (const path of ['/r/slug', '/v1/ingest/int_1']) {
      expect((await router.inject(path)).body).toBe('tracking');
    }
  });
});
