import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  scryptSync,
} from 'node:crypto';
import { BackupError } from './backup-error.ts';

/**
 * The outermost layer of a backup: a line of JSON that says how the rest is protected, then frames of
 *   4 bytes length (the highest bit marks the last frame), content, 16 bytes tag.
 * Without encryption the tag is a hash over all frames so far; with it, that of AES-256-GCM, whose nonce is the frame's
 * number. Either way a changed, exchanged, missing or cut frame is found at that frame.
 */
export const MAGIC = 'gongzhi-backup/1';
const FRAME = 256 * 1024;
const TAG = 16;
const LAST = 0x8000_0000;

/** 32 bytes from a key file, or a passphrase somebody remembers. */
export type BackupKey = { readonly key: Buffer } | { readonly passphrase: string };

export type FrameHeader = {
  readonly format: typeof MAGIC;
  readonly cipher: 'none' | 'aes-256-gcm';
  readonly kdf: 'none' | 'hkdf' | 'scrypt';
  readonly salt: string;
  /** Tells a wrong key from a damaged file; says nothing of the key itself. */
  readonly check: string;
  readonly tenant: number;
  readonly createdAt: string;
};

export function newHeader(key: BackupKey | null, about: { tenant: number; createdAt: string }): FrameHeader {
  const kdf = key === null ? 'none' : 'key' in key ? 'hkdf' : 'scrypt';
  const salt = key === null ? '' : randomBytes(16).toString('base64');
  const cipher = key === null ? 'none' : 'aes-256-gcm';
  return { format: MAGIC, cipher, kdf, salt, check: key === null ? '' : checkOf(frameKey(salt, key)), ...about };
}

function checkOf(key: Buffer): string {
  return createHmac('sha256', key).update('gongzhi-backup key check').digest('base64').slice(0, 12);
}

/** A key of its own for each backup, so that no nonce is ever used twice. */
function frameKey(saltText: string, key: BackupKey): Buffer {
  const salt = Buffer.from(saltText, 'base64');
  if ('key' in key) return Buffer.from(hkdfSync('sha256', key.key, salt, MAGIC, 32));
  return scryptSync(key.passphrase, salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 });
}

type Guard = {
  seal(length: Buffer, plain: Buffer): Buffer;
  open(length: Buffer, body: Buffer, tag: Buffer): Buffer | null;
};

function guardOf(header: FrameHeader, key: BackupKey | null): Guard {
  const start = createHash('sha256').update(JSON.stringify(header)).digest();
  if (header.cipher === 'none') return hashing(start);
  if (key === null) throw new BackupError('backup.key_needed');
  const opened = frameKey(header.salt, key);
  if (checkOf(opened) !== header.check) throw new BackupError('backup.wrong_key');
  return encrypting(start, opened);
}

function hashing(start: Buffer): Guard {
  let chain = start;
  const next = (length: Buffer, body: Buffer) => {
    chain = createHash('sha256').update(chain).update(length).update(body).digest();
    return chain.subarray(0, TAG);
  };
  return {
    seal: (length, plain) => Buffer.concat([plain, next(length, plain)]),
    open: (length, body, tag) => (next(length, body).equals(tag) ? body : null),
  };
}

function encrypting(start: Buffer, key: Buffer): Guard {
  let number = 0n;
  const nonce = () => {
    const bytes = Buffer.alloc(12);
    bytes.writeBigUInt64BE(number++, 4);
    return bytes;
  };
  return {
    seal(length, plain) {
      const cipher = createCipheriv('aes-256-gcm', key, nonce()).setAAD(Buffer.concat([start, length]));
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(length, body, tag) {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce()).setAAD(Buffer.concat([start, length]));
      decipher.setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(body), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}

/** Cuts a stream into frames behind the header. */
export async function* writeFrames(
  source: AsyncIterable<Buffer>,
  header: FrameHeader,
  key: BackupKey | null,
): AsyncGenerator<Buffer> {
  const guard = guardOf(header, key);
  yield Buffer.from(`${JSON.stringify(header)}\n`);
  const frame = (plain: Buffer, last: boolean) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE((last ? LAST : 0) + plain.length);
    return Buffer.concat([length, guard.seal(length, plain)]);
  };
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    held.push(chunk);
    size += chunk.length;
    if (size < FRAME) continue;
    const all = Buffer.concat(held);
    let at = 0;
    for (; all.length - at >= FRAME; at += FRAME) yield frame(all.subarray(at, at + FRAME), false);
    held = [all.subarray(at)];
    size = all.length - at;
  }
  yield frame(Buffer.concat(held), true);
}

/** Reads bytes of a stream in the portions asked for. */
class Portions {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Exactly so many bytes; null when the stream ends before. */
  async take(count: number): Promise<Buffer | null> {
    const parts = [this.#held];
    let size = this.#held.length;
    while (size < count) {
      const next = await this.#source.next();
      if (next.done) return null;
      parts.push(next.value);
      size += next.value.length;
    }
    const all = Buffer.concat(parts);
    this.#held = all.subarray(count);
    return all.subarray(0, count);
  }

  async line(most: number): Promise<string | null> {
    for (;;) {
      const end = this.#held.indexOf(10);
      if (end >= 0) {
        const line = this.#held.subarray(0, end).toString();
        this.#held = this.#held.subarray(end + 1);
        return line;
      }
      const next = this.#held.length > most ? null : await this.#source.next();
      if (next === null || next.done) return null;
      this.#held = Buffer.concat([this.#held, next.value]);
    }
  }

  async isOver(): Promise<boolean> {
    return this.#held.length === 0 && (await this.#source.next()).done === true;
  }
}

/** The header and what the frames hold, each frame looked at before it is handed on. Throws `BackupError`. */
export async function readFrames(
  source: AsyncIterable<Buffer>,
  key: BackupKey | null,
): Promise<{ readonly header: FrameHeader; readonly content: AsyncGenerator<Buffer> }> {
  const portions = new Portions(source);
  const header = parseHeader(await portions.line(4096));
  return { header, content: contentOf(portions, guardOf(header, key)) };
}

async function* contentOf(portions: Portions, guard: Guard): AsyncGenerator<Buffer> {
  for (let number = 0; ; number++) {
    const length = await portions.take(4);
    if (!length) throw new BackupError('backup.cut_short');
    const word = length.readUInt32BE();
    const size = word % LAST;
    if (size > FRAME) throw new BackupError('backup.damaged', `frame ${number}`);
    const sealed = await portions.take(size + TAG);
    if (!sealed) throw new BackupError('backup.cut_short');
    const plain = guard.open(length, sealed.subarray(0, size), sealed.subarray(size));
    if (!plain) throw new BackupError('backup.damaged', `frame ${number}`);
    yield plain;
    if (word < LAST) continue;
    if (!(await portions.isOver())) throw new BackupError('backup.damaged', 'something follows the end');
    return;
  }
}

function parseHeader(line: string | null): FrameHeader {
  try {
    const header = JSON.parse(line ?? '') as FrameHeader;
    if (header.format === MAGIC && ['none', 'aes-256-gcm'].includes(header.cipher)) return header;
  } catch {
    // Said below.
  }
  throw new BackupError('backup.not_one');
}
