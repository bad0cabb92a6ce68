import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Problem } from '../problem/problem.js';

const DESCRIPTION = `Partner programs: who referred whom, what it earned, and why.

Amounts are whole numbers of minor units, times ISO 8601 in UTC, ids carry a prefix that names their kind.
Lists are \`{ data, nextCursor }\`. Every POST takes an \`Idempotency-Key\`; errors are
\`application/problem+json\` (RFC 9457) with a stable \`code\`. Callers send \`Authorization: Bearer …\`; people who
belong to several companies or partners name the one they act for in \`Fairlead-Account: cmp_…\` or \`prt_…\`.`;

/** The OpenAPI document of every route that the application serves. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description }) as const;
  const config = new DocumentBuilder()
    .setTitle('Fairlead')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addSecurity('apiKey', bearer("A company's API key, `flk_…`"))
    .addSecurity('operatorToken', bearer("An operator's token, `flo_…`"))
    .addSecurity('bearer', bearer('The access token of somebody who is signed in, from `POST /v1/sessions`'))
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [Problem],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  describeErrors(document);
  return document;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Whatever fails, the body is a problem. */
function describeErrors(document: OpenAPIObject): void {
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (!operation) continue;
      operation.responses['default'] = {
        description: 'The request failed; `code` says how and `detail` what to do',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      };
    }
  }
}
