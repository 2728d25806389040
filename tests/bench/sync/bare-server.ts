import fastify from 'fastify';

/** The least that the district's framework can do: one route with an answer that lies ready. Says its address. */
const app = fastify();
const body = Buffer.alloc(369, 'x');
app.get('/', (_request, reply) => reply.type('application/json').send(body));
process.stdout.write(
  `${JSON.stringify({ url: await app.listen({ port: 0, host: '127.0.0.1' }) })}\n`,
);
