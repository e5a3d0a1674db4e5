import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { brotliDecompressSync, inflateSync } from 'node:zlib';

const PROJECT = join(import.meta.dirname, '../../..');
const CHROMIUM = join(PROJECT, 'node_modules/@sparticuz/chromium');
const FONT = join(PROJECT, 'node_modules/@fontsource/noto-sans-sc');

/** Where a browser, the libraries it may lack and a font configuration with Chinese glyphs lie. */
export type BrowserFiles = {
  readonly executable: string;
  /** For LD_LIBRARY_PATH of the browser process alone; null for a browser that is installed here. */
  readonly libraries: string | null;
  /** For FONTCONFIG_FILE of the browser process alone. */
  readonly fontConfig: string;
};

/**
 * Unpacks, once per version, the Chromium that comes with npm into `.cache/` of the project, or takes the installed one
 * that GONGZHI_CHROMIUM names. Not the package's own unpacking: that runs whatever file of its name lies in the shared
 * temporary folder, and brings the libraries only where it believes to be on a cloud function.
 */
export function browserFiles(): BrowserFiles {
  const fonts = inCache(`fonts-${versionOf(FONT)}`, unpackFonts);
  const fontConfig = join(fonts, 'fonts.conf');
  const installed = process.env['GONGZHI_CHROMIUM'];
  if (installed) {
    if (!existsSync(installed)) throw new Error(`GONGZHI_CHROMIUM names ${installed}, and there is no such file`);
    return { executable: installed, libraries: null, fontConfig };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium for this machine comes with npm: name an installed one in GONGZHI_CHROMIUM.');
  }
  const folder = inCache(`chromium-${versionOf(CHROMIUM)}`, unpackChromium);
  return { executable: join(folder, 'chromium'), libraries: join(folder, 'lib'), fontConfig };
}

function versionOf(packageFolder: string): string {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** Makes `.cache/<name>` with `fill`, whole or not at all, also when several test workers come at once. */
function inCache(name: string, fill: (folder: string, finalFolder: string) => void): string {
  const wanted = join(PROJECT, '.cache', name);
  if (existsSync(wanted)) return wanted;
  mkdirSync(dirname(wanted), { recursive: true });
  const draft = mkdtempSync(`${wanted}.draft-`);
  try {
    fill(draft, wanted);
    renameSync(draft, wanted);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(wanted)) throw error; // else another worker was quicker, and its copy is as good
  }
  return wanted;
}

function unpackChromium(folder: string): void {
  const packed = (name: string) => brotliDecompressSync(readFileSync(join(CHROMIUM, 'bin', name)));
  writeFileSync(join(folder, 'chromium'), packed('chromium.br'), { mode: 0o755 });
  unpackTar(packed('al2023.tar.br'), folder); // lib/: nss, nspr and expat, which a bare server lacks
  unpackTar(packed('swiftshader.tar.br'), folder); // beside the program: WebGL without a graphics card
}

/** Reads the plain tar files of the package: ordinary files and folders, names under 100 bytes. */
function unpackTar(tar: Buffer, folder: string): void {
  const text = (start: number, length: number) => tar.toString('utf8', start, start + length).replace(/\0.*$/s, '');
  let at = 0;
  while (at + 512 <= tar.length && tar[at] !== 0) {
    const name = text(at, 100);
    const size = Number.parseInt(text(at + 124, 12), 8);
    const isFile = text(at + 156, 1) === '0' || text(at + 156, 1) === '';
    if (name.includes('..')) throw new Error(`the archive holds a path that leaves its folder: ${name}`);
    if (isFile) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), tar.subarray(at + 512, at + 512 + size), { mode: 0o755 });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/**
 * The font package holds WOFF only, which the system's font look-up does not read; a WOFF is an OpenType file with each
 * table deflated, so the tables are inflated and the file is put together anew. Regular and bold, about 200 files.
 */
function unpackFonts(folder: string, finalFolder: string): void {
  const source = join(FONT, 'files');
  for (const name of readdirSync(source).filter((file) => /-(400|700)-normal\.woff$/.test(file))) {
    writeFileSync(join(folder, `${basename(name, '.woff')}.ttf`), openTypeOf(readFileSync(join(source, name))));
  }
  writeFileSync(join(folder, 'fonts.conf'), fontConfigFor(finalFolder));
}

/** WOFF 1.0 (https://www.w3.org/TR/WOFF/): header of 44 bytes, directory of 20 bytes a table. */
function openTypeOf(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF file');
  const count = woff.readUInt16BE(12);
  const largestPower = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + 16 * count);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(largestPower * 16, 6);
  head.writeUInt16BE(Math.log2(largestPower), 8);
  head.writeUInt16BE((count - largestPower) * 16, 10);
  const parts = [head];
  let at = head.length;
  for (let i = 0; i < count; i += 1) {
    const entry = 44 + 20 * i;
    const [offset, packed, size] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field)) as [
      number,
      number,
      number,
    ];
    const stored = woff.subarray(offset, offset + packed);
    const table = packed < size ? inflateSync(stored) : stored;
    woff.copy(head, 12 + 16 * i, entry, entry + 4);
    head.writeUInt32BE(woff.readUInt32BE(entry + 16), 12 + 16 * i + 4);
    head.writeUInt32BE(at, 12 + 16 * i + 8);
    head.writeUInt32BE(size, 12 + 16 * i + 12);
    const padded = Buffer.alloc(Math.ceil(size / 4) * 4);
    table.copy(padded);
    parts.push(padded);
    at += padded.length;
  }
  return Buffer.concat(parts);
}

function fontConfigFor(folder: string): string {
  const generic = ['sans-serif', 'serif', 'monospace', 'system-ui'].map(
    (family) =>
      `<alias binding="same"><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`,
  );
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <cachedir>${folder}</cachedir>
  ${generic.join('\n  ')}
</fontconfig>
`;
}
