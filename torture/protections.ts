import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROTECTIONS } from './protections/list.ts';
import type { Protection } from './protections/protection.ts';
import { Failures, type Outcome, type Run } from './scenario.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const NOT_COPIED = new Set(['.git', '.cache', 'dist', 'node_modules', 'screenshots']);

type Result = 'noticed' | 'unnoticed' | 'not run';

/** Takes protections out of a copy of the project, one at a time: each must be missed by a test. */
export async function protections(run: Run): Promise<Outcome> {
  const failures = new Failures();
  const chosen = chosenBy(run);
  if (chosen.length === 0) failures.add('no protection has such a name', run.entries?.join(', ') ?? '');
  const copy = await copyOfProject();
  try {
    const before = await testsPass(copy, [...new Set(chosen.flatMap(({ tests }) => tests))]);
    if (before !== 'unnoticed') failures.add('the tests do not pass with everything in place', before);
    let noticed = 0;
    for (const protection of before === 'unnoticed' ? chosen : []) {
      const result = await without(copy, protection);
      run.say(`  ${protection.name}: ${result}`);
      if (result === 'noticed') noticed += 1;
      else failures.add(`nothing missed it, or it has moved (${result})`, `${protection.name}, ${protection.file}`);
    }
    return { counts: { 'taken out': chosen.length, noticed }, failures: failures.list() };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

function chosenBy({ entries, rounds }: Run): readonly Protection[] {
  const named = PROTECTIONS.filter(({ name }) => entries === null || entries.some((word) => name.includes(word)));
  return named.slice(0, rounds ?? named.length);
}

async function without(copy: string, protection: Protection): Promise<Result> {
  const path = join(copy, protection.file);
  const whole = await readFile(path, 'utf8');
  const times =
    typeof protection.with === 'string'
      ? whole.split(protection.with).length - 1
      : whole.match(protection.with)
        ? 1
        : 0;
  if (times !== 1) return 'not run';
  await writeFile(
    path,
    whole.replace(protection.with, () => protection.without),
  );
  try {
    return await testsMiss(copy, protection.tests);
  } finally {
    await writeFile(path, whole);
  }
}

const isCheck = (test: string) => test.startsWith('checks/');

/** Everything in place: 'unnoticed' when all passes. */
async function testsPass(copy: string, tests: readonly string[]): Promise<Result> {
  for (const check of tests.filter(isCheck)) {
    const result = await checkIn(copy, check);
    if (result !== 'unnoticed') return result;
  }
  const rest = tests.filter((test) => !isCheck(test));
  return rest.length === 0 ? 'unnoticed' : testsIn(copy, rest, false);
}

function testsMiss(copy: string, tests: readonly string[]): Promise<Result> {
  const [first = ''] = tests;
  return isCheck(first) ? checkIn(copy, first) : testsIn(copy, tests, true);
}

/** Runs a script of checks/ in the copy. One that breaks instead of complaining has noticed nothing. */
function checkIn(copy: string, check: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [check], { cwd: copy, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve('unnoticed');
      resolve(/^ +at /m.test(said) ? 'not run' : 'noticed');
    });
  });
}

/** Runs tests in the copy. Only a test that ran and failed has noticed something; a file that does not load has not. */
function testsIn(copy: string, tests: readonly string[], bail: boolean): Promise<Result> {
  const report = join(copy, 'report.json');
  const words = [
    'run',
    '--project',
    'modules',
    '--reporter=json',
    `--outputFile=${report}`,
    ...(bail ? ['--bail=1'] : []),
  ];
  return new Promise((resolve, reject) => {
    const vitest = join(PROJECT, 'node_modules/vitest/vitest.mjs');
    const child = spawn(process.execPath, [vitest, ...words, ...tests], { cwd: copy, stdio: 'ignore' });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve('unnoticed');
      readFile(report, 'utf8')
        .then((text) => ((JSON.parse(text) as { numFailedTests: number }).numFailedTests > 0 ? 'noticed' : 'not run'))
        .then((result) => resolve(result as Result), reject);
    });
  });
}

async function copyOfProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'gongzhi-without-'));
  await cp(PROJECT, copy, {
    recursive: true,
    filter: (path) => !NOT_COPIED.has(path.slice(PROJECT.length).split('/')[0] ?? ''),
  });
  await symlink(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}
