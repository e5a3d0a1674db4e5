import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';

/** Noto Sans SC, one file for all simplified characters, with Latin letters and digits. */
export type Fonts = { readonly regular: Buffer; readonly bold: Buffer };

let loaded: Promise<Fonts> | undefined;

/** Both weights as plain OpenType, unpacked once a process. */
export function loadFonts(): Promise<Fonts> {
  loaded ??= (async () => ({ regular: await font(400), bold: await font(700) }))();
  return loaded;
}

async function font(weight: number): Promise<Buffer> {
  const name = `@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff`;
  return openType(await readFile(fileURLToPath(import.meta.resolve(name))));
}

/**
 * The font inside a WOFF 1.0 file: its tables are the same, each packed by zlib. Unpacked by Node in 30 ms; the PDF
 * library's own way takes seconds.
 */
export function openType(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(12 + 16 * count);
  const power = Math.floor(Math.log2(count));
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(16 * 2 ** power, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE(16 * (count - 2 ** power), 10);
  const parts: Buffer[] = [head];
  let at = head.length;
  for (let index = 0; index < count; index += 1) {
    const entry = 44 + 20 * index;
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field)) as [
      number,
      number,
      number,
    ];
    const bytes = woff.subarray(offset, offset + packed);
    const table = packed < length ? inflateSync(bytes) : bytes;
    const record = 12 + 16 * index;
    woff.copy(head, record, entry, entry + 4);
    woff.copy(head, record + 4, entry + 16, entry + 20);
    head.writeUInt32BE(at, record + 8);
    head.writeUInt32BE(length, record + 12);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(table, padding);
    at += length + padding.length;
  }
  return Buffer.concat(parts);
}
