import { fromBase64, toBase64 } from '../../../kit/bytes.ts';

/**
 * A checkpoint as it is published: a signed note in the manner of C2SP (c2sp.org/tlog-checkpoint, c2sp.org/signed-note),
 * so that tools made for transparency logs can read it.
 *
 *   gongzhi/421181          whose log
 *   1234                    how many entries
 *   q1w2…=                  root of the tree over them, base64
 *   time 2026-03-10T01:40:00.000Z
 *
 *   — gongzhi/421181 <keyId> <base64 of the signature>
 */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly at: string;
};

export type SignedNote = Checkpoint & {
  /** What was signed, with its last line end. */
  readonly body: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
};

const DASH = '—';
const NOTE =
  /^(?<origin>gongzhi\/\d{1,10})\n(?<size>0|[1-9]\d{0,15})\n(?<root>[A-Za-z0-9+/]{43}=)\ntime (?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\n\n— (?<name>gongzhi\/\d{1,10}) (?<keyId>[0-9a-f]{16}) (?<signature>[A-Za-z0-9+/]+={0,2})\n$/;

export function originOf(tenant: number): string {
  return `gongzhi/${tenant}`;
}

/** The text that is signed. */
export function checkpointBody({ origin, size, root, at }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\ntime ${at}\n`;
}

export function noteOf(body: string, keyId: string, signature: Uint8Array): string {
  const origin = body.slice(0, body.indexOf('\n'));
  return `${body}\n${DASH} ${origin} ${keyId} ${toBase64(signature)}\n`;
}

/** Null for what is not a checkpoint; whether its signature holds is another question. */
export function parseNote(note: string): SignedNote | null {
  const found = NOTE.exec(note)?.groups;
  if (!found || found['origin'] !== found['name']) return null;
  const { origin = '', size = '', root = '', at = '', keyId = '', signature = '' } = found;
  return {
    origin,
    size: Number(size),
    root: fromBase64(root),
    at,
    body: note.slice(0, note.indexOf(`\n${DASH} `)),
    keyId,
    signature: fromBase64(signature),
  };
}
