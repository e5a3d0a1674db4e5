import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Smaller ones fit one packet as they are. */
const WORTH_BYTES = 1024;
// 11 takes eight times as long as 9 and saves some 3 % more, at a start that somebody waits for.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Writes `.br` and `.gz` beside every hashed part of a build, so that the server compresses none of them again. */
export async function compressParts(folder: string): Promise<void> {
  const names = globSync('*/assets/**/*.{js,css,svg,json,wasm}', { cwd: folder });
  await Promise.all(names.map((name) => compressPart(join(folder, name))));
}

async function compressPart(path: string): Promise<void> {
  const plain = await readFile(path);
  if (plain.length < WORTH_BYTES) return;
  const [br, gz] = await Promise.all([promisify(brotliCompress)(plain, BROTLI), promisify(gzip)(plain, { level: 9 })]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}
