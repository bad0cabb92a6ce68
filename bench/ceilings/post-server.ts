import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

@Controller()
class NoOpController {
  @Post('/v1/ingest/:integration')
  @HttpCode(202)
  accept(@Body() _body: unknown): { status: string } {
    return { status: 'accepted' };
  }
}

@Module({ controllers: [NoOpController] })
class NoOpModule {}

/** Ceiling of `ingest_ratio`: NestJS on Fastify that parses the same body and stores nothing. */
const app = await NestFactory.create<NestFastifyApplication>(NoOpModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(0, '127.0.0.1');
process.stdout.write(`${await app.getUrl()}\n`);
