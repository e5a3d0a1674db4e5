import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Protection, PROTECTIONS } from './protection-list.ts';
import { Failures, type Outcome, type Run } from './scenario.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const NOT_COPIED = new Set(['.git', '.cache', 'dist', 'node_modules', 'screenshots']);

type Result = 'noticed' | 'unnoticed' | 'not run';

/** Takes protections out of a copy of the project, one at a time: each must be missed by a test. */
export async function protections(run: Run): Promise<Outcome> {
  const failures = new Failures();
  const copy = await copyOfProject();
  try {
    const chosen = PROTECTIONS.slice(0, run.rounds ?? PROTECTIONS.length);
    const before = await testsIn(copy, [...new Set(chosen.flatMap(({ tests }) => tests))], false);
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

async function without(copy: string, protection: Protection): Promise<Result> {
  const path = join(copy, protection.file);
  const whole = await readFile(path, 'utf8');
  if (whole.split(protection.with).length !== 2) return 'not run';
  await writeFile(
    path,
    whole.replace(protection.with, () => protection.without),
  );
  try {
    return await testsIn(copy, protection.tests, true);
  } finally {
    await writeFile(path, whole);
  }
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
