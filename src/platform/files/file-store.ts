import type { Readable } from 'node:stream';

/** Where file bytes lie. A folder today; an object store can implement the same. Keys are made by the server. */
export type FileStore = {
  /** Writes durably (fsync) before it answers; never overwrites. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Throws when the key is unknown. */
  read(key: string): Readable;
  remove(key: string): Promise<void>;
};
