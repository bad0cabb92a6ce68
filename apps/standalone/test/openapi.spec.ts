import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { OpenAPIObject } from '@nestjs/swagger';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** POSTs that take a one-time credential, its own idempotency (docs/adr/0004-idempotency.md), or that write nothing. */
const WITHOUT_KEY = [
  '/v1/sessions',
  '/v1/sessions/refresh',
  '/v1/team-invitations/accept',
  '/v1/ingest/{integration}',
  '/v1/programs/{programId}/simulations',
  '/v1/offers/{offerId}/back-tests',
];

describe('the OpenAPI document', () => {
  let committed: string;
  let document: OpenAPIObject;

  beforeAll(async () => {
    committed = await readFile('docs/openapi.json', 'utf8');
    document = JSON.parse(committed) as OpenAPIObject;
  });

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method];
        return operation ? [{ path, method, operation, name: `${method} ${path}` }] : [];
      }),
    );

  it('is what the code says: run "npm run openapi" and commit docs/openapi.json when it is not', async () => {
    const script = 'dist/apps/standalone/src/openapi.js';
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--print'], {
      maxBuffer: 50_000_000,
    });
    expect(JSON.parse(stdout)).toEqual(document);
  });

  it('names each operation once, with a summary, a tag and an answer', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const undescribed = operations().filter(
      ({ operation }) =>
        !operation.summary || !operation.tags?.length || Object.keys(operation.responses).length < 2,
    );
    expect(undescribed.map(({ name }) => name)).toEqual([]);
  });

  it('documents every parameter of a path', () => {
    const missing = operations().flatMap(({ path, operation, name }) =>
      [...path.matchAll(/\{(\w+)\}/g)]
        .filter(([, parameter]) =>
          operation.parameters?.every((known) => !('name' in known) || known.name !== parameter),
        )
        .map(([parameter]) => `${name} lacks ${parameter}`),
    );
    expect(missing).toEqual([]);
  });

  it('takes an Idempotency-Key on every POST', () => {
    const without = operations().filter(
      ({ method, operation }) =>
        method === 'post' &&
        !operation.parameters?.some(
          (parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key',
        ),
    );
    expect(without.map(({ path }) => path).filter((path) => !WITHOUT_KEY.includes(path))).toEqual([]);
  });

  it('says of every operation whose credentials it takes, but for the public ones', () => {
    const open = operations().filter(({ operation }) => !operation.security?.length);
    expect(open.map(({ name }) => name)).toEqual([
      'post /v1/partners',
      'post /v1/sign-in-links',
      'post /v1/sessions',
      'post /v1/sessions/refresh',
      'get /v1/proof-keys',
      'get /v1/invitations/{token}',
      'post /v1/team-invitations/accept',
      'post /v1/ingest/{integration}',
    ]);
  });
});
