import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const BIN = fileURLToPath(new URL('../../../bin', import.meta.url));
let project: string;

/** A project with the real `bin` and a program that says how it was started and waits for a signal. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'gongzhi-bin-'));
  cpSync(BIN, join(project, 'bin'), { recursive: true });
  mkdirSync(join(project, 'src'));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(project, 'src', 'main.ts'),
    `const words: string[] = process.argv.slice(2);
     if (words[0] === 'fail') process.exitCode = 3;
     if (words[0] === 'wait') {
       const timer = setInterval(() => {}, 1000);
       process.on('SIGTERM', () => { clearInterval(timer); process.exitCode = 7; });
     }
     process.stdout.write(JSON.stringify({
       words, path: process.env.PATH, flags: process.execArgv, arenas: process.env.MALLOC_ARENA_MAX,
     }) + '\\n');`,
  );
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function run(
  words: readonly string[],
  onLine: (signal: (name: NodeJS.Signals) => void) => void = () => {},
  environment: Readonly<Record<string, string>> = {},
) {
  const { NODE_OPTIONS: _, MALLOC_ARENA_MAX: __, ...own } = process.env;
  const child = spawn(process.execPath, [join(project, 'bin', 'gongzhi.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...own, ...environment },
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += String(chunk);
    if (text.endsWith('\n')) onLine((name) => child.kill(name));
  });
  return new Promise<{ code: number | null; text: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, text }));
  });
}

test('hands on the words, the exit code, and its own Node as the first on the path', async () => {
  const { code, text } = await run(['fail', '--port', '1']);
  const said = JSON.parse(text) as { words: string[]; path: string };

  expect(code).toBe(3);
  expect(said.words).toEqual(['fail', '--port', '1']);
  expect(said.path.startsWith(dirname(process.execPath))).toBe(true);
});

test('hands on a signal and waits for the program to end by itself', async () => {
  expect((await run(['wait'], (signal) => signal('SIGTERM'))).code).toBe(7);
});

test('ends like the program when that is killed', async () => {
  expect((await run(['wait'], (signal) => signal('SIGHUP'))).code).toBe(129);
});

test('starts a server so that it holds little memory, unless told otherwise; other commands as Node does', async () => {
  const started = async (word: string, environment: Readonly<Record<string, string>> = {}) => {
    const { text } = await run([word], undefined, environment);
    const said = JSON.parse(text) as { flags: string[]; arenas?: string };
    return [said.flags, said.arenas];
  };

  const little = ['--max-semi-space-size=8', '--initial-old-space-size=32'];
  expect(await started('start')).toEqual([little, '2']);
  const own = { NODE_OPTIONS: '--max-semi-space-size=64', MALLOC_ARENA_MAX: '8' };
  expect(await started('start', own)).toEqual([little.slice(1), '8']);
  expect(await started('verify')).toEqual([[], undefined]);
});
