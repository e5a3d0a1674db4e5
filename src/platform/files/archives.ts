import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { type Result, refuse } from '../../kit/result.ts';

const inflate = promisify(inflateRaw);

/** What an office document may unfold to. Real ones stay far below; what is beyond is made to fill a memory. */
export const ARCHIVE_LIMITS = {
  entries: 5000,
  bytes: 200 * 1024 * 1024,
  /** Unfolded to packed, of the whole and from `ratioFrom` bytes on: little files of one letter pack well, too. */
  ratio: 100,
  ratioFrom: 10 * 1024 * 1024,
} as const;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record is the last of the file, behind it only a comment. */
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;

type Entry = {
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
  readonly name: string;
};

/**
 * Whether a ZIP archive (Word, Excel) can be unfolded safely. What its list of contents says is looked at first, then each
 * part is unfolded up to what it said, since it may lie. Refuses `files.archive_bomb`, or `files.unreadable` for one that
 * is broken, encrypted, split, or holds an archive in itself.
 */
export async function checkArchive(bytes: Uint8Array): Promise<Result<null>> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = entriesOf(view);
  if (entries === null) return refuse('files.unreadable');
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  const tooMuch = entries.length > ARCHIVE_LIMITS.entries || size > ARCHIVE_LIMITS.bytes;
  if (tooMuch || (size > ARCHIVE_LIMITS.ratioFrom && size / bytes.length > ARCHIVE_LIMITS.ratio)) {
    return refuse('files.archive_bomb');
  }
  if (entries.some(({ name }) => /\.(zip|7z|rar|gz|bz2|xz|jar)$/i.test(name))) return refuse('files.unreadable');
  for (const entry of entries) {
    if (!(await unfoldsAsSaid(view, entry))) return refuse('files.archive_bomb');
  }
  return null;
}

/** The list of contents at the end of the archive; null when there is none that can be read. */
function entriesOf(view: Buffer): readonly Entry[] | null {
  const earliest = Math.max(0, view.length - END_SIZE - LONGEST_COMMENT);
  for (let at = view.length - END_SIZE; at >= earliest; at -= 1) {
    if (view.readUInt32LE(at) === END) return listFrom(view, at);
  }
  return null;
}

function listFrom(view: Buffer, end: number): readonly Entry[] | null {
  const count = view.readUInt16LE(end + 10);
  let at = view.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.readUInt32LE(at) !== ENTRY) return null;
    const isEncrypted = (view.readUInt16LE(at + 8) & 1) === 1;
    const [packed, size] = [view.readUInt32LE(at + 20), view.readUInt32LE(at + 24)];
    const name = view.toString('utf8', at + 46, at + 46 + view.readUInt16LE(at + 28));
    const method = view.readUInt16LE(at + 10);
    // Sizes beyond 4 GiB stand elsewhere; nothing so large is taken anyway.
    if (isEncrypted || ![0, 8].includes(method) || [packed, size].includes(0xffffffff)) return null;
    entries.push({ method, packed, size, at: view.readUInt32LE(at + 42), name });
    at += 46 + view.readUInt16LE(at + 28) + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
  }
  return entries;
}

async function unfoldsAsSaid(view: Buffer, { method, packed, size, at }: Entry): Promise<boolean> {
  if (at + 30 > view.length || view.readUInt32LE(at) !== LOCAL) return false;
  const begin = at + 30 + view.readUInt16LE(at + 26) + view.readUInt16LE(at + 28);
  const content = view.subarray(begin, begin + packed);
  if (content.length !== packed) return false;
  if (method === 0) return packed === size;
  if (size === 0) return packed <= 2;
  try {
    return (await inflate(content, { maxOutputLength: size })).length === size;
  } catch {
    return false;
  }
}
