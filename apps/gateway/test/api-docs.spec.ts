import { openApiDocument, serveApiDocs } from '#http';
import { type GatewayApp, startGateway } from './gateway-app.js';

describe('the API documentation', () => {
  let gateway: GatewayApp;

  beforeAll(async () => {
    gateway = await startGateway({ prepare: (app) => serveApiDocs(app, () => openApiDocument(app)) });
  });

  afterAll(() => gateway.close());

  it('is served as a document', async () => {
    const { body } = await gateway.call('GET', '/openapi.json');
    expect(body).toMatchObject({ info: { title: 'Fairlead' } });
    expect(Object.keys(body.components.securitySchemes)).toEqual(['apiKey', 'operatorToken', 'bearer']);
  });

  it('is served as a page that loads nothing from elsewhere', async () => {
    const page = await gateway.call('GET', '/docs');
    expect(page.status).toBe(200);
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => String(source));
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) {
      const url = new URL(source, `${gateway.url}/docs`);
      expect(url.origin).toBe(gateway.url);
      expect((await fetch(url)).status).toBe(200);
    }
  });
});
