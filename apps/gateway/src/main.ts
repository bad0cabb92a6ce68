import { readFile } from 'node:fs/promises';
import type { OpenAPIObject } from '@nestjs/swagger';
import { runService } from '#bootstrap';
import { Authenticator, serveApiDocs } from '#http';
import { CredentialAuthenticator } from './authentication/credential-authenticator.js';
import { announceOperatorToken } from './operator/announce-operator-token.js';
import { ProxyModule } from './proxy/proxy.module.js';
import { readUpstreams } from './proxy/upstreams.js';
import { GATEWAY } from './service.js';

/** The whole product's document: this process itself serves only a part of it. */
const document = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as OpenAPIObject;

await runService(GATEWAY, {
  authenticator: { provide: Authenticator, useExisting: CredentialAuthenticator },
  extraModules: [ProxyModule.to(readUpstreams(process.env))],
  prepare: (app) => serveApiDocs(app, () => document),
  started: announceOperatorToken,
});
