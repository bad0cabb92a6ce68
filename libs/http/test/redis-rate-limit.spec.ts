import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PartnerAccess } from '#http';
import { newId } from '#kernel';
import { asPartner, eventually, startTestRedis, TestAuthenticator } from '#testing';
import { startHttpApp } from './http-app.js';

@Controller()
class Door {
  @Get()
  @PartnerAccess()
  open(): string {
    return 'in';
  }
}

const redis = await startTestRedis();

(redis ? describe : describe.skip)('limits counted in Redis', () => {
  const apps: NestFastifyApplication[] = [];

  afterAll(async () => {
    for (const app of apps) await app.close();
    await redis?.stop();
  });

  /** A process whose limits are counted (it has reached Redis). */
  async function startProcess(): Promise<(headers: object) => Promise<Response>> {
    const settings = { requestsPerMinute: 40, redisUrl: redis?.url ?? '' };
    const { app, url } = await startHttpApp([Door], TestAuthenticator, settings);
    apps.push(app);
    const get = (headers: object) => fetch(url, { headers: { ...headers } });
    await eventually(async () => {
      const answer = await get(asPartner(newId('Partner')));
      return answer.headers.get('ratelimit-remaining') === '39';
    });
    return get;
  }

  it('are one limit for all processes', async () => {
    const [one, two] = [await startProcess(), await startProcess()];
    const partner = asPartner(newId('Partner'));
    for (let asked = 0; asked < 20; asked++) {
      expect((await one(partner)).status).toBe(200);
      expect((await two(partner)).status).toBe(200);
    }
    const refused = await one(partner);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await two(partner)).status).toBe(429);
  });

  it('refuse nobody while Redis is away', async () => {
    const get = await startProcess();
    const partner = asPartner(newId('Partner'));
    await redis?.stop();
    const answers = await Promise.all(Array.from({ length: 60 }, () => get(partner)));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
  });
});
