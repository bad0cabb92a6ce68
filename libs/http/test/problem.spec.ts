import { Body, Controller, Get, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Matches, ValidateNested } from 'class-validator';
import { Conflict, Unavailable } from '#kernel';
import { TestAuthenticator } from '#testing';
import { startHttpApp } from './http-app.js';

class Item {
  @IsInt()
  amount!: number;
}

class Order {
  @Matches(/^[a-z]/, { message: 'must be a name such as "ada"' })
  @IsString()
  name!: string;

  @IsIn(['one', 'two'], { each: true })
  kinds!: string[];

  @ValidateNested()
  @Type(() => Item)
  item!: Item;
}

@Controller()
class Failing {
  @Post('orders')
  order(@Body() order: Order): Order {
    return order;
  }

  @Get('conflict')
  conflict(): void {
    throw new Conflict('already_paid', 'This was paid. Nothing is left to do.');
  }

  @Get('away')
  away(): void {
    throw new Unavailable('mail_away', 'Try later.');
  }

  @Get('database')
  database(): void {
    throw new Error('query failed', {
      cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    });
  }

  @Get('unexpected')
  unexpected(): void {
    throw new Error('password=hunter2');
  }
}

describe('the problem filter', () => {
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    ({ app, url } = await startHttpApp([Failing], TestAuthenticator));
  });

  afterAll(() => app.close());

  const post = (body: string, contentType = 'application/json') =>
    fetch(`${url}/orders`, { method: 'POST', body, headers: { 'content-type': contentType } });

  async function problemOf(response: Response) {
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem: unknown = await response.json();
    expect(problem).toMatchObject({
      type: expect.stringMatching(/^urn:fairlead:problem:/),
      title: expect.any(String),
      status: response.status,
      requestId: expect.any(String),
    });
    return problem;
  }

  it('gives expected errors their status, code and advice', async () => {
    expect(await problemOf(await fetch(`${url}/conflict`))).toMatchObject({
      status: 409,
      code: 'already_paid',
      detail: 'This was paid. Nothing is left to do.',
    });
  });

  it('names every wrong field by its path and what would be right, never the value', async () => {
    const body = JSON.stringify({ name: 7, kinds: ['one', 'secret'], item: { amount: 1.5 }, extra: 1 });
    const problem = await problemOf(await post(body));
    expect(problem).toMatchObject({
      status: 422,
      code: 'invalid_input',
      errors: expect.arrayContaining([
        { field: 'name', message: 'must be a string' },
        { field: 'kinds', message: 'each value must be one of the following values: one, two' },
        { field: 'item.amount', message: 'must be an integer number' },
        { field: 'extra', message: 'is not a field of this request; remove it' },
      ]),
    });
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  it('leaves a word of the message that is also the field as it is', async () => {
    const problem = await problemOf(
      await post(JSON.stringify({ name: '7', kinds: [], item: { amount: 1 } })),
    );
    expect(problem).toMatchObject({ errors: [{ field: 'name', message: 'must be a name such as "ada"' }] });
  });

  it('says of a field that is not there that it is missing', async () => {
    expect(await problemOf(await post(JSON.stringify({ kinds: [], item: {} })))).toMatchObject({
      errors: [
        { field: 'name', message: 'is missing' },
        { field: 'item.amount', message: 'is missing' },
      ],
    });
  });

  it('takes an empty JSON body for none', async () => {
    expect(await problemOf(await post(''))).toMatchObject({ status: 422, code: 'invalid_input' });
  });

  it.each([
    ['broken JSON', '{', 'application/json', 400, 'malformed_request'],
    ['another content type', '<a/>', 'application/xml', 415, 'unsupported_media_type'],
    ['a body over the limit', `"${'x'.repeat(1_000)}"`, 'application/json', 413, 'body_too_large'],
    ['JSON nested too deep', `${'['.repeat(33)}${']'.repeat(33)}`, 'application/json', 400, 'json.too_deep'],
    ['half a character', '{"name":"\\ud800"}', 'application/json', 422, 'text.invalid'],
    ['NUL', '{"kinds":[{"\\u0000":1}]}', 'application/json', 422, 'text.invalid'],
  ])('explains %s', async (_name, body, contentType, status, code) => {
    expect(await problemOf(await post(body, contentType))).toMatchObject({ status, code });
  });

  it('accepts a body of exactly the limit', async () => {
    const body = JSON.stringify({ name: 'x', kinds: [], item: { amount: 1 } });
    expect((await post(body.padEnd(1_000))).status).toBe(201);
    expect((await post(body.padEnd(1_001))).status).toBe(413);
  });

  it('explains an unknown route without echoing it', async () => {
    const problem = await problemOf(await fetch(`${url}/nowhere/<script>`));
    expect(problem).toMatchObject({ status: 404, code: 'route_not_found' });
    expect(JSON.stringify(problem)).not.toContain('script');
  });

  it('explains a malformed URL', async () => {
    expect(await problemOf(await fetch(`${url}/%ff`))).toMatchObject({
      status: 400,
      code: 'malformed_request',
    });
  });

  it('asks to come back when something outside is away', async () => {
    const mail = await fetch(`${url}/away`);
    expect(mail.headers.get('retry-after')).toBe('5');
    expect(await problemOf(mail)).toMatchObject({ status: 503, code: 'mail_away' });
    const database = await fetch(`${url}/database`);
    expect(database.headers.get('retry-after')).toBe('5');
    expect(await problemOf(database)).toMatchObject({ status: 503, code: 'database_unavailable' });
  });

  it('tells nothing of an unexpected error but the request id', async () => {
    const problem = await problemOf(await fetch(`${url}/unexpected`));
    expect(problem).toMatchObject({ status: 500, code: 'internal_error' });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });
});
