import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/**
 * Serves the document at /openapi.json and a page to read and try it at /docs, from local files only.
 * Call it before `app.init()`.
 * @param document made when first asked for
 */
export function serveApiDocs(app: NestFastifyApplication, document: () => OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Fairlead API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}
