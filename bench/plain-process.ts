import fastify from 'fastify';
import pg from 'pg';
import type { PlainRoutes } from './plain-route.ts';

/** The bare server that the platform's reads are set against: a route, a pool, the statements, JSON of the rows. */
process.once('message', (routes: PlainRoutes) => {
  void listen(routes).then((port) => process.send?.(port));
});

async function listen({ url, sequences }: PlainRoutes): Promise<number> {
  // Sign-in looks up its tables without their schema.
  const pool = new pg.Pool({ connectionString: url, max: 10, pipeline: true, options: '-c search_path=auth' });
  const server = fastify();
  server.get<{ Params: { at: string } }>('/plain/:at', async (request) => {
    const client = await pool.connect();
    try {
      const rows: unknown[] = [];
      for (const trip of sequences[Number(request.params.at)] ?? []) {
        const answers = await Promise.all(
          trip.map(({ name, text, values }) =>
            values.length === 0
              ? client.query(text)
              : client.query({ ...(name ? { name } : {}), text, values: [...values] }),
          ),
        );
        for (const answer of answers) if (answer.rows?.length) rows.push(answer.rows);
      }
      return rows;
    } finally {
      client.release();
    }
  });
  let told = false;
  server.setErrorHandler((error: Error, _request, reply) => {
    if (!told) process.stderr.write(`the bare route failed: ${error.message}\n`);
    told = true;
    void reply.code(500).send();
  });
  server.get('/empty', async () => ({ ok: true }));
  await server.listen({ host: '127.0.0.1', port: 0 });
  const address = server.server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
