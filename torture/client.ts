import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export type Ask = {
  readonly method: string;
  /** Path with query, as it goes on the line. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

/** Why no answer came. */
export type Silence = { readonly status: 0; readonly reason: 'timeout' | 'connection'; readonly message: string };

/** A client that, unlike fetch, sends what it is told, and says when nothing came back. */
export class Client {
  readonly #agent: Agent;
  readonly #host: string;
  readonly #origin: string;
  readonly #port: number;
  readonly #timeoutMs: number;

  constructor(url: string, { connections = 32, timeoutMs = 20_000 } = {}) {
    const { hostname, port, origin } = new URL(url);
    this.#origin = origin;
    this.#host = hostname;
    this.#port = Number(port);
    this.#timeoutMs = timeoutMs;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  send({ method, path, headers = {}, body }: Ask): Promise<Answer | Silence> {
    return new Promise((resolve) => {
      const silent = (reason: Silence['reason'], message: string) => resolve({ status: 0, reason, message });
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const asked = request(
        {
          agent: this.#agent,
          host: this.#host,
          port: this.#port,
          method,
          path,
          // Changes must say that a page of ours asks for them.
          headers: { origin: this.#origin, ...length, ...headers },
          timeout: this.#timeoutMs,
        },
        (answer) => {
          // An event stream has no end: its head is the answer.
          if (answer.headers['content-type']?.startsWith('text/event-stream')) {
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: '' });
            answer.destroy();
            return;
          }
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (part: string) => (text += part));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
          answer.on('error', (error) => silent('connection', error.message));
        },
      );
      asked.on('timeout', () => {
        silent('timeout', `no answer in ${this.#timeoutMs / 1000} s`);
        asked.destroy();
      });
      asked.on('error', (error) => silent('connection', error.message));
      asked.end(body);
    });
  }

  /** Sends JSON and reads JSON; null where nothing came back or it was no JSON. */
  async json(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
    // biome-ignore lint/suspicious/noExplicitAny: answers of many routes, read field by field
  ): Promise<{ status: number; body: any }> {
    const typed = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await this.send({
      method,
      path,
      headers: { ...typed, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status === 0) return { status: 0, body: null };
    try {
      return { status: answer.status, body: JSON.parse((answer as Answer).text || 'null') };
    } catch {
      return { status: answer.status, body: null };
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Signs an account in; answers the cookie header. */
export async function signIn(client: Client, username: string, password: string): Promise<string> {
  const answer = await client.send({
    method: 'POST',
    path: '/api/auth/sign-in',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (answer.status !== 200 && answer.status !== 204)
    throw new Error(`${username} was not signed in: ${answer.status}`);
  const cookies = ('headers' in answer ? answer.headers['set-cookie'] : undefined) ?? [];
  return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
}
