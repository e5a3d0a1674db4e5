import { BackupError } from './backup-error.ts';

/**
 * What lies inside the frames, once decompressed: records of 1 byte kind, 4 bytes length, content. JSON begins and ends
 * tables and files; `data` are their bytes.
 */
export const KINDS = { manifest: 1, table: 2, data: 3, tableEnd: 4, file: 5, fileEnd: 6, end: 7 } as const;
export type Kind = keyof typeof KINDS;

export type Manifest = {
  readonly tenant: number;
  readonly createdAt: string;
  /** Names and checksums of the migrations the tables come from. */
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
  readonly sequences: readonly { readonly name: string; readonly value: string; readonly called: boolean }[];
  readonly withKeys: boolean;
};
export type TableBegin = { readonly name: string; readonly columns: readonly string[] };
/** Rows and SHA-256 of a table, or bytes and SHA-256 of a file. */
export type Total = { readonly count: number; readonly sha256: string };
export type FileBegin = { readonly path: string };
export type Totals = {
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  readonly sha256: string;
};

export type Record = { readonly kind: Kind; readonly content: Buffer };

const NAMES = new Map<number, Kind>(Object.entries(KINDS).map(([name, number]) => [number, name as Kind]));
const LARGEST = 64 * 1024 * 1024;

export function recordOf(kind: Kind, content: Buffer | object): Buffer {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  const head = Buffer.alloc(5);
  head.writeUInt8(KINDS[kind], 0);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** Takes records out of a stream. */
export async function* readRecords(source: AsyncIterable<Buffer>): AsyncGenerator<Record> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= 5) {
      const size = held.readUInt32BE(1);
      const kind = NAMES.get(held.readUInt8(0));
      if (kind === undefined || size > LARGEST) throw new BackupError('backup.damaged', 'an unknown record');
      if (held.length < 5 + size) break;
      yield { kind, content: held.subarray(5, 5 + size) };
      held = held.subarray(5 + size);
    }
  }
  if (held.length > 0) throw new BackupError('backup.cut_short');
}

export function jsonOf<T>({ content }: Record): T {
  return JSON.parse(content.toString()) as T;
}
