import { Controller, Get, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SecretBox } from '#config';
import {
  CompanyAccess,
  INTERNAL_TOKEN_HEADER,
  InternalTokenAuthenticator,
  OperatorAccess,
  PartnerAccess,
  PublicAccess,
  signInternalToken,
  SignedIn,
} from '#http';
import { newId } from '#kernel';
import { asCompany, asOperator, asPartner, TestAuthenticator } from '#testing';
import { startHttpApp } from './http-app.js';

@Controller()
class Doors {
  @Get('company')
  @CompanyAccess('programs:read')
  company(): string {
    return 'in';
  }

  @Get('operator')
  @OperatorAccess('operator')
  operator(): string {
    return 'in';
  }

  @Get('partner')
  @PartnerAccess()
  partner(): string {
    return 'in';
  }

  @Post('partner')
  @PartnerAccess()
  change(): string {
    return 'in';
  }

  @Get('team')
  @PartnerAccess('admin')
  team(): string {
    return 'in';
  }

  @Get('person')
  @SignedIn()
  person(): string {
    return 'in';
  }

  @Get('public')
  @PublicAccess()
  anyone(): string {
    return 'in';
  }

  @Get('hot')
  hot(): string {
    return 'in';
  }
}

describe('access', () => {
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    ({ app, url } = await startHttpApp([Doors], TestAuthenticator, { requestsPerMinute: 80 }));
  });

  afterAll(() => app.close());

  const get = (path: string, headers = {}) => fetch(`${url}/${path}`, { headers });
  const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

  it('asks for credentials where they are missing', async () => {
    const response = await get('company');
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['company', asPartner(newId('Partner')), 'wrong_caller'],
    ['company', asCompany(newId('Company'), ['partners:read']), 'scope_missing'],
    ['operator', asOperator('viewer'), 'role_missing'],
    ['operator', asCompany(newId('Company')), 'wrong_caller'],
    ['partner', asOperator('admin'), 'wrong_caller'],
    ['team', asPartner(newId('Partner'), 'member'), 'role_missing'],
    ['person', asCompany(newId('Company')), 'wrong_caller'],
  ])('refuses at %s whom it is not for: %s', async (path, headers, code) => {
    const response = await get(path, headers);
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe(code);
  });

  it.each([
    ['company', asCompany(newId('Company'), ['programs:read'])],
    ['operator', asOperator('operator')],
    ['operator', asOperator('admin')],
    ['partner', asPartner(newId('Partner'))],
    ['partner', asPartner(newId('Partner'), 'viewer')],
    ['team', asPartner(newId('Partner'), 'admin')],
    ['person', asPartner(newId('Partner'), 'viewer')],
    ['public', {}],
  ])('lets in at %s whom it is for', async (path, headers) => {
    expect((await get(path, headers)).status).toBe(200);
  });

  it.each([
    ['viewer', 403],
    ['member', 201],
  ] as const)(
    'lets a %s of a partner read everything, and change what the role gives',
    async (role, status) => {
      const headers = asPartner(newId('Partner'), role);
      expect((await get('partner', headers)).status).toBe(200);
      expect((await fetch(`${url}/partner`, { method: 'POST', headers })).status).toBe(status);
    },
  );

  it('counts a caller to its limit and not further, and other callers apart', async () => {
    const [busy, calm] = [asPartner(newId('Partner')), asPartner(newId('Partner'))];
    const answers = await Promise.all(Array.from({ length: 80 }, () => get('partner', busy)));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(answers[0]?.headers.get('ratelimit-limit')).toBe('80');
    expect(answers.map((answer) => answer.headers.get('ratelimit-remaining'))).toContain('0');
    const refused = await get('partner', busy);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(refused)).toBe('rate_limited');
    expect((await get('partner', calm)).status).toBe(200);
  });

  it('limits an address strictly before anybody has signed in', async () => {
    const statuses = [(await get('public')).status, (await get('public')).status];
    expect(statuses.at(-1)).toBe(429);
  });

  it('never limits a path without an access decorator, as redirects and ingest are', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => get('hot')));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(answers[0]?.headers.has('ratelimit-limit')).toBe(false);
  });
});

describe('a service behind the gateway', () => {
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    ({ app, url } = await startHttpApp([Doors], InternalTokenAuthenticator, { requestsPerMinute: 80 }));
  });

  afterAll(() => app.close());

  const statusFrom = async (address: string) => {
    const caller = { principal: null, address };
    const token = await signInternalToken(app.get(SecretBox), caller, new Date());
    return (await fetch(`${url}/public`, { headers: { [INTERNAL_TOKEN_HEADER]: token } })).status;
  };

  it('limits each stranger alone, not all of them as the gateway', async () => {
    const busy = [
      await statusFrom('192.0.2.1'),
      await statusFrom('192.0.2.1'),
      await statusFrom('192.0.2.1'),
    ];
    expect(busy).toEqual([200, 200, 429]);
    expect(await statusFrom('192.0.2.2')).toBe(200);
  });

  it('limits all addresses of an IPv6 network together', async () => {
    const busy = [
      await statusFrom('2001:db8:0:1::1'),
      await statusFrom('2001:db8:0:1::2'),
      await statusFrom('2001:db8:0:1:ffff::3'),
    ];
    expect(busy).toEqual([200, 200, 429]);
    expect(await statusFrom('2001:db8:0:2::1')).toBe(200);
  });
});
