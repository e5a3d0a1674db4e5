// All checks and tests, in the order in which they fail fastest; the one command that people and CI run alike.
//   npm test                          everything
//   npm test -- --only walls          one step; may be given more than once
//   npm test -- --only tests src/kit  what follows goes to Vitest
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from './find-node.mjs';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const RESULTS = join(PROJECT, '.cache/test-results.json');

// One type checker: several check the same large libraries again, which costs more than two cores give back.
const STEPS = [
  {
    name: 'format',
    what: 'formatting and lint',
    run: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '--colors=off'],
  },
  { name: 'types', what: 'types', run: ['node_modules/typescript/bin/tsc', '--noEmit', '--checkers', '1'] },
  {
    name: 'rules',
    what: 'rules without browser and Node',
    run: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.rules.json'],
  },
  { name: 'walls', what: 'walls between modules', run: ['checks/walls.mjs'] },
  { name: 'sources', what: 'what no file may hold', run: ['checks/sources.mjs'] },
  { name: 'texts', what: 'texts in both languages', run: ['checks/texts.mjs'] },
  { name: 'lock', what: 'lock file', run: ['checks/lock.mjs'] },
  { name: 'licences', what: 'licences', run: ['checks/licences.mjs'] },
  { name: 'sbom', what: 'bill of materials', run: ['checks/sbom.mjs'] },
  { name: 'secrets', what: 'secrets in no file', run: ['checks/secrets.mjs'] },
  { name: 'web', what: 'web build and its size', run: ['checks/web.mjs'] },
  { name: 'schema', what: 'schema dump and types', run: ['bin/gongzhi.mjs', 'schema', '--check'] },
  { name: 'tests', what: 'tests', run: ['node_modules/vitest/vitest.mjs', 'run'], counts: true },
];

/** @param {string[]} words the command line */
function readWords(words) {
  const only = [];
  const rest = [];
  const left = [...words];
  while (left.length > 0) {
    const word = left.shift();
    if (word === '--only') only.push(left.shift() ?? '');
    else rest.push(word);
  }
  const unknown = only.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`No such step: ${unknown.join(', ')}. There are: ${STEPS.map((step) => step.name).join(', ')}.`);
    process.exit(2);
  }
  return { steps: only.length > 0 ? STEPS.filter((step) => only.includes(step.name)) : STEPS, rest };
}

/** Runs one step under Node 24; its output is shown as it comes for the tests, else only when it fails. */
function runStep(node, step, rest) {
  const words = step.counts
    ? [...step.run, '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`, ...rest]
    : step.run;
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const env = { ...inherited, ...colour, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(node, words, { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (part) => {
      if (step.counts) process.stdout.write(part);
      else output += part;
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take);
    child.on('error', (error) => take(`${error.message}\n`));
    child.on('close', (code) => resolve({ ok: code === 0, output, seconds: (performance.now() - started) / 1000 }));
  });
}

/** Counts of Vitest's own report; a file that did not even load, or an error outside any test, counts as one failure. */
function countTests(ok) {
  if (!existsSync(RESULTS)) return { passed: 0, failed: 1, skipped: [] };
  const report = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const files = report.testResults ?? [];
  const broken = files.filter((file) => file.status === 'failed' && file.assertionResults.every(isNotFailed)).length;
  const failed = report.numFailedTests + broken;
  const skipped = files.flatMap((file) =>
    file.assertionResults.filter(({ status }) => /skipped|pending|todo/.test(status)),
  );
  return { passed: report.numPassedTests, failed: ok ? failed : Math.max(failed, 1), skipped };
}

const isNotFailed = (test) => test.status !== 'failed';

const { steps, rest } = readWords(process.argv.slice(2));
if (!existsSync(join(PROJECT, 'node_modules'))) {
  console.error('The packages are not installed. Run: npm ci');
  process.exit(1);
}
const node = findNode();
mkdirSync(dirname(RESULTS), { recursive: true });
rmSync(RESULTS, { force: true });
let passed = 0;
let failed = 0;
const began = performance.now();
for (const step of steps) {
  if (step.counts) console.log(`· ${step.what}`);
  const { ok, output, seconds } = await runStep(node, step, rest);
  const note = output.trim().split('\n').at(-1) ?? '';
  const tail = ok && step.run[0].startsWith('checks/') ? `  ${note}` : '';
  console.log(`${ok ? '✓' : '✗'} ${step.what.padEnd(32)} ${seconds.toFixed(1).padStart(6)} s${tail}`);
  if (!ok && output) console.log(output);
  if (step.counts) {
    const counted = countTests(ok);
    passed += counted.passed;
    failed += counted.failed;
    for (const test of counted.skipped) console.log(`  left out: ${test.fullName}`);
  } else if (ok) passed += 1;
  else failed += 1;
}
console.log(`\n${((performance.now() - began) / 1000).toFixed(0)} s in all`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
