import { toBase64 } from '../../kit/bytes.ts';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemActor } from '../../platform/auth/actor.ts';
import { keyIdOf, type Signer } from '../../platform/crypto/signer.ts';
import type { Database } from '../../platform/database/database.ts';
import { parseNote, type SignedNote } from './rules/checkpoint.ts';
import { checkpointsAfter, leavesFrom } from './store.ts';

/**
 * The history folder: what others copy, e.g. with rsync --append-verify, and keep where nobody of the platform can
 * write. Three files that only grow:
 * - checkpoints.log: every signed checkpoint, an empty line after each;
 * - leaves.log: the hash of every entry of the log, base64, one a line;
 * - keys.log: every public key that signed.
 */
export const CHECKPOINTS_FILE = 'checkpoints.log';
export const LEAVES_FILE = 'leaves.log';
export const KEYS_FILE = 'keys.log';

/** 44 characters of base64 and a line end. */
const LEAF_LINE = 45;
const BATCH = 10_000;
const NOTE = /gongzhi\/\d+\n[^\n]*\n[^\n]*\n[^\n]*\n\n— [^\n]*\n\n/y;

/** The folder holds checkpoints that the database does not know: history was cut, exchanged or restored from before. */
export class HistoryDiffers extends Error {
  override readonly name = 'HistoryDiffers';
}

export type MirrorSettings = {
  readonly database: Database;
  readonly tenant: number;
  readonly folder: string;
  readonly signer: Signer;
};

/**
 * Appends the checkpoints that the folder lacks, leaves before the checkpoint that covers them, each durably. Answers the
 * size the folder now covers. Throws `HistoryDiffers` rather than append to a history that is not this database's.
 */
export async function appendMirror(settings: MirrorSettings): Promise<number> {
  const { database, tenant, folder, signer } = settings;
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await rememberKey(folder, signer);
  const { notes, wholeBytes, bytes } = await readNotes(folder);
  // What a crash cut short is written again.
  if (wholeBytes < bytes) await cutTo(join(folder, CHECKPOINTS_FILE), wholeBytes);
  const last = notes.at(-1) ?? null;
  const actor = systemActor(tenant, 'ledger');
  let size = last?.size ?? 0;
  if (last) await database.read(actor, (tx) => compareLast(tx, tenant, last));
  for (;;) {
    const missing = await database.read(actor, (tx) => checkpointsAfter(tx, tenant, size, 100));
    if (missing.length === 0) return size;
    for (const checkpoint of missing) {
      await appendLeaves(settings, checkpoint.size);
      await appendDurably(join(folder, CHECKPOINTS_FILE), `${checkpoint.note}\n`);
      size = checkpoint.size;
    }
  }
}

async function compareLast(
  tx: Parameters<typeof checkpointsAfter>[0],
  tenant: number,
  last: SignedNote,
): Promise<void> {
  const [same] = await checkpointsAfter(tx, tenant, last.size - 1, 1);
  if (same?.size === last.size && same.root.equals(last.root)) return;
  throw new HistoryDiffers(
    `the history folder holds a checkpoint of ${last.size} entries from ${last.at} that the database does not have`,
  );
}

async function appendLeaves({ database, tenant, folder }: MirrorSettings, to: number): Promise<void> {
  const path = join(folder, LEAVES_FILE);
  const bytes = await sizeOf(path);
  let next = Math.floor(bytes / LEAF_LINE);
  // A line that was cut by a crash is written again.
  if (bytes % LEAF_LINE !== 0) await cutTo(path, next * LEAF_LINE);
  const actor = systemActor(tenant, 'ledger');
  while (next < to) {
    const from = next;
    const leaves = await database.read(actor, (tx) => leavesFrom(tx, tenant, from, Math.min(BATCH, to - from)));
    if (leaves.length === 0) throw new Error(`the log lacks its entry ${next}; run verify`);
    await appendDurably(path, leaves.map((leaf) => `${toBase64(leaf.hash)}\n`).join(''));
    next += leaves.length;
  }
}

async function rememberKey(folder: string, signer: Signer): Promise<void> {
  const known = await readKeys(folder);
  if (!known.has(signer.keyId)) await appendDurably(join(folder, KEYS_FILE), signer.publicKey);
}

/** The public keys a history folder names, by key id. */
export async function readKeys(folder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readIfThere(join(folder, KEYS_FILE));
  const keys = text.match(/-----BEGIN PUBLIC KEY-----\n[\s\S]*?-----END PUBLIC KEY-----\n/g) ?? [];
  return new Map(keys.map((key) => [keyIdOf(key), key]));
}

export type Notes = {
  readonly notes: readonly SignedNote[];
  /** How much of the file is whole checkpoints, from its beginning; less than `bytes` when something else follows. */
  readonly wholeBytes: number;
  readonly bytes: number;
};

/** The checkpoints of a history folder, or of a file that is a copy of its checkpoints, up to what is none. */
export async function readNotes(place: string): Promise<Notes> {
  const isFolder = (await stat(place).catch(() => null))?.isDirectory() ?? true;
  const text = await readIfThere(isFolder ? join(place, CHECKPOINTS_FILE) : place);
  const notes: SignedNote[] = [];
  const pattern = new RegExp(NOTE);
  let end = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const note = parseNote(found[0].slice(0, -1));
    if (!note) break;
    notes.push(note);
    end = pattern.lastIndex;
  }
  return { notes, wholeBytes: Buffer.byteLength(text.slice(0, end)), bytes: Buffer.byteLength(text) };
}

/** The leaf hashes of a history folder, in order; none where it is a file of checkpoints alone. */
export async function* readLeaves(folder: string): AsyncGenerator<string> {
  const path = join(folder, LEAVES_FILE);
  if ((await stat(path).catch(() => null)) === null) return;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    if (line.length === LEAF_LINE - 1) yield line;
  }
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // ENOTDIR: the copy is a file of checkpoints alone.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

async function withFile(path: string, flags: string, work: (file: FileHandle) => Promise<unknown>): Promise<void> {
  const file = await open(path, flags, 0o644);
  try {
    await work(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

function appendDurably(path: string, text: string): Promise<void> {
  return withFile(path, 'a', (file) => file.writeFile(text));
}

function cutTo(path: string, bytes: number): Promise<void> {
  return withFile(path, 'r+', (file) => file.truncate(bytes));
}
