import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';
import type { Shell } from '../../vite.config.ts';
import { compressParts } from '../platform/http/compress-parts.ts';

const PROJECT = join(import.meta.dirname, '../..');
const SHELL_NAMES: readonly Shell[] = ['office', 'public'];

/** Where the built applications lie: `<WEB_FOLDER>/office` and `<WEB_FOLDER>/public`. */
export const WEB_FOLDER = join(PROJECT, 'dist/web');
const STAMP = join(WEB_FOLDER, 'built-from.json');

/** Source file, relative to the project → hash of its content when the web was last built. */
type Stamp = Readonly<Record<string, string>>;

/**
 * Builds both web applications into `dist/web`, unless they were built from exactly these sources before (then it takes
 * some milliseconds). The old build stays in place until the new one is whole.
 * @returns whether anything was built
 */
export async function buildWeb(options: { readonly force?: boolean; readonly say?: (line: string) => void } = {}) {
  if (!options.force && isCurrent()) return false;
  options.say?.('building the web applications');
  const draft = `${WEB_FOLDER}.draft-${process.pid}`;
  const sources = new Set(ALWAYS.flatMap((pattern) => globSync(pattern, { cwd: PROJECT })));
  try {
    for (const shell of SHELL_NAMES) await buildShell(shell, join(draft, shell), sources);
    await compressParts(draft);
    writeFileSync(join(draft, 'built-from.json'), JSON.stringify(stampOf([...sources].sort()), null, 1));
    replaceFolder(WEB_FOLDER, draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return true;
}

/** What decides about the build without being seen as a module of it; packages are covered by their lock file. */
const ALWAYS = [
  'vite.config.ts',
  'src/platform/http/compress-parts.ts',
  'package-lock.json',
  'src/web/*/index.html',
  'src/web/*/public/**/*.*',
  'src/**/*.css', // one style sheet may import another
  'src/**/texts{,/*}.ts', // joined before the build, see vite.config.ts
];

async function buildShell(shell: Shell, outDir: string, sources: Set<string>): Promise<void> {
  // Loaded only when there is something to build: a start with a current build does not pay for it.
  const [{ build, mergeConfig }, { webConfig }] = await Promise.all([import('vite'), import('../../vite.config.ts')]);
  const environment = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production'; // else React's development build is taken under test runners
  try {
    await build(
      mergeConfig(webConfig(shell), { logLevel: 'error', build: { outDir }, plugins: [noteSources(sources)] }),
    );
  } finally {
    if (environment === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = environment;
  }
}

/** Notes every file of ours that went into the build, so that the stamp is exact. */
function noteSources(sources: Set<string>): Plugin {
  return {
    name: 'note-sources',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const file = relative(PROJECT, id.replace(/[?#].*$/, ''));
        if (/^(?!\.\.|node_modules).+\.\w+$/.test(file) && existsSync(join(PROJECT, file))) sources.add(file);
      }
    },
  };
}

/** True when `dist/web` was built from exactly these sources. */
export function isCurrent(): boolean {
  if (!existsSync(STAMP)) return false;
  const stamp = JSON.parse(readFileSync(STAMP, 'utf8')) as Stamp;
  const files = new Set([...Object.keys(stamp), ...ALWAYS.flatMap((pattern) => globSync(pattern, { cwd: PROJECT }))]);
  const now = stampOf([...files]);
  return [...files].every((file) => now[file] === stamp[file]);
}

function stampOf(files: readonly string[]): Stamp {
  const hash = (file: string) =>
    createHash('sha256')
      .update(readFileSync(join(PROJECT, file)))
      .digest('hex');
  return Object.fromEntries(files.map((file) => [file, existsSync(join(PROJECT, file)) ? hash(file) : 'gone']));
}

/** Two processes may build at once: each moves a whole build into place, and the last one stays. */
function replaceFolder(folder: string, draft: string): void {
  const old = `${folder}.old-${process.pid}`;
  mkdirSync(join(folder, '..'), { recursive: true });
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(draft, folder);
  rmSync(old, { recursive: true, force: true });
}
