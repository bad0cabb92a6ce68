import { fastify } from 'fastify';

/** Ceiling of `redirect_ratio`: bare Fastify that answers 302 and does nothing else. */
const server = fastify();
server.get('/r/:slug', (_request, reply) => reply.redirect('https://shop.example/landing', 302));
process.stdout.write(`${await server.listen({ port: 0, host: '127.0.0.1' })}\n`);
