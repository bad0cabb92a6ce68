import { Writable } from 'node:stream';
import { fastify } from 'fastify';
import { pino } from 'pino';
import { logRequests } from './logging.js';

describe('the line of a request', () => {
  const linesOf = async (url: string) => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    const server = fastify();
    logRequests(server, pino(sink));
    server.get('*', () => 'ok');
    await server.inject(url);
    await server.close();
    return lines.join('');
  };

  it('says what was asked for', async () => {
    expect(await linesOf('/v1/offers')).toContain('"path":"/v1/offers"');
  });

  it.each(['/v1/offers?cursor=SECRET', '/sign-in?token=SECRET', '/v1/invitations/SECRET'])(
    'holds no token of %s',
    async (url) => {
      const lines = await linesOf(url);
      expect(lines).toContain('"path"');
      expect(lines).not.toContain('SECRET');
    },
  );
});
