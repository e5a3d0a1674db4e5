import { existsSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/**
 * Stands between the platform and its database for a while and reads along what the platform sends: which statements
 * with which values, and how often it waits for an answer. The server's socket file is put aside and ours takes its
 * place, so the platform runs as delivered and knows nothing of it. Connections that were open before do not pass here.
 */
export type Statement = {
  readonly text: string;
  readonly name: string;
  readonly values: readonly (string | Buffer | null)[];
};

export type ListenIn = {
  /** Forgets what was heard so far. */
  clear(): void;
  heard(): Heard;
  close(): Promise<void>;
};

export type Heard = {
  /** What was sent until it was waited for, trip after trip. */
  readonly trips: readonly (readonly Statement[])[];
  /** Several statements in one text count as several. */
  readonly statements: number;
};

const SOCKET = '.s.PGSQL.5432';

/** `folder` is where the server's socket lies. */
export async function listenIn(folder: string): Promise<ListenIn> {
  const place = join(folder, SOCKET);
  const aside = join(folder, '.s.aside');
  if (!existsSync(place)) throw new Error(`no socket in ${folder}`);
  const trips = new PeoplesTrips();
  let count = 0;
  const open = new Set<Socket>();
  renameSync(place, aside);
  const server = createServer((platform) => {
    const connection = count++;
    const database = connect(aside);
    for (const socket of [platform, database]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    platform.on('close', () => database.destroy());
    database.on('close', () => platform.destroy());
    const reader = new FrontendReader((statements) => trips.add(connection, statements));
    platform.on('data', (bytes) => {
      reader.sent(bytes);
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      reader.answered();
      platform.write(bytes);
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(place, resolve));
  return {
    clear: () => trips.clear(),
    heard: () => trips.heard(),
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(place, { force: true });
      renameSync(aside, place);
    },
  };
}

/** Tells the trips of people's requests from those of background work, which names a system actor when it begins. */
class PeoplesTrips {
  readonly #aside = new Set<number>();
  #kept: Statement[][] = [];

  add(connection: number, statements: Statement[]): void {
    const text = statements.map((statement) => statement.text).join(';');
    const entered = statements.find((statement) => statement.text.includes('platform.enter('));
    if (entered) {
      const actor = entered.values[1] ?? /platform\.enter\(\d+, '([^']*)/.exec(entered.text)?.[1] ?? '';
      // Filings that share a transaction are people's, too, and so is finding out who asks.
      if (/^system:(?!intake|sign-in)/.test(String(actor))) this.#aside.add(connection);
      else this.#aside.delete(connection);
    }
    const between = /pg_notify|^(UN)?LISTEN|^SELECT 1$/i.test(text);
    if (!this.#aside.has(connection) && !between) this.#kept.push(statements);
    if (/(^|;)(COMMIT|ROLLBACK)$/.test(text)) this.#aside.delete(connection);
  }

  clear(): void {
    this.#kept = [];
  }

  heard(): Heard {
    const statements = this.#kept.flat().flatMap(({ text }) => text.split(/;(?=\s*\S)/));
    return { trips: this.#kept, statements: statements.length };
  }
}

/** Cuts what a client sends into messages; a trip ends when the server begins to answer it. */
class FrontendReader {
  readonly #told: (statements: Statement[]) => void;
  readonly #prepared = new Map<string, string>();
  #rest: Buffer = Buffer.alloc(0);
  #started = false;
  #waiting: Statement[] = [];
  #bound: Statement | null = null;

  constructor(told: (statements: Statement[]) => void) {
    this.#told = told;
  }

  sent(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      // The first message has no type.
      const head = this.#started ? 1 : 0;
      if (this.#rest.length < head + 4) return;
      const length = this.#rest.readInt32BE(head);
      if (this.#rest.length < head + length) return;
      const body = this.#rest.subarray(head + 4, head + length);
      if (this.#started) this.#message(String.fromCharCode(this.#rest[0] ?? 0), body);
      this.#started = true;
      this.#rest = this.#rest.subarray(head + length);
    }
  }

  answered(): void {
    if (this.#waiting.length > 0) this.#told(this.#waiting);
    this.#waiting = [];
  }

  #message(type: string, body: Buffer): void {
    const text = new Fields(body);
    if (type === 'Q') this.#waiting.push({ text: text.string(), name: '', values: [] });
    if (type === 'P') {
      const name = text.string();
      this.#prepared.set(name, text.string());
    }
    if (type === 'B') this.#bound = this.#bind(text);
    if (type === 'E' && this.#bound) this.#waiting.push(this.#bound);
  }

  #bind(fields: Fields): Statement {
    fields.string();
    const name = fields.string();
    const formats = Array.from({ length: fields.short() }, () => fields.short());
    const values = Array.from({ length: fields.short() }, (_, at) => {
      const binary = (formats.length === 1 ? formats[0] : formats[at]) === 1;
      const bytes = fields.bytes();
      return bytes === null || binary ? bytes : bytes.toString('utf8');
    });
    return { text: this.#prepared.get(name) ?? '', name, values };
  }
}

class Fields {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  string(): string {
    const end = this.#body.indexOf(0, this.#at);
    const text = this.#body.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  short(): number {
    this.#at += 2;
    return this.#body.readInt16BE(this.#at - 2);
  }

  bytes(): Buffer | null {
    const length = this.#body.readInt32BE(this.#at);
    this.#at += 4;
    if (length < 0) return null;
    this.#at += length;
    return Buffer.from(this.#body.subarray(this.#at - length, this.#at));
  }
}
