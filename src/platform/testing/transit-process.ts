import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

/**
 * A key service of its own process that speaks the transit API: it really encrypts with a key it alone holds, keeps
 * versions, and refuses a wrong token. Says its port on the first line; `POST /test/rotate` makes a new key version.
 */
const TOKEN = process.env.TRANSIT_TOKEN ?? '';
const versions = [randomBytes(32)];

type Body = { plaintext?: string; ciphertext?: string };

function encrypt(plaintext: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', versions.at(-1) ?? randomBytes(32), nonce);
  const body = Buffer.concat([nonce, cipher.update(plaintext, 'base64'), cipher.final(), cipher.getAuthTag()]);
  return `vault:v${versions.length}:${body.toString('base64')}`;
}

function decrypt(ciphertext: string): string {
  const [, version, body] = /^vault:v(\d+):(.+)$/.exec(ciphertext) ?? [];
  const key = versions[Number(version) - 1];
  if (!key || !body) throw new Error('invalid ciphertext');
  const bytes = Buffer.from(body, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('base64');
}

function answer(path: string, body: Body): object {
  if (path === '/v1/transit/keys/gongzhi') return { latest_version: versions.length };
  if (path === '/v1/transit/encrypt/gongzhi') return { ciphertext: encrypt(body.plaintext ?? '') };
  if (path === '/v1/transit/decrypt/gongzhi') return { plaintext: decrypt(body.ciphertext ?? '') };
  throw new Error('no handler for route');
}

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const reply = (status: number, content: object) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  };
  if (request.url === '/test/rotate') {
    versions.push(randomBytes(32));
    reply(200, {});
  } else if (request.headers['x-vault-token'] !== TOKEN) {
    reply(403, { errors: ['permission denied'] });
  } else {
    try {
      reply(200, { data: answer(request.url ?? '', JSON.parse(Buffer.concat(chunks).toString() || '{}') as Body) });
    } catch (error) {
      reply(400, { errors: [(error as Error).message] });
    }
  }
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`);
});
