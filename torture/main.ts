import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { parseArgs, promisify } from 'node:util';
import { newDataDir, startPlatform } from '../e2e/support/platform-process.ts';
import { fuzz } from './fuzz.ts';
import { kills } from './kills.ts';
import { protections } from './protections.ts';
import { races } from './races.ts';
import { replays } from './replays.ts';
import type { Scenario } from './scenario.ts';
import { slowConnections } from './slow-connections.ts';
import { tools } from './tools.ts';

const SCENARIOS: readonly Scenario[] = [
  { name: 'fuzz', run: fuzz },
  { name: 'races', run: races },
  { name: 'replays', run: replays },
  { name: 'kills', run: kills },
  { name: 'slow', run: slowConnections },
  { name: 'tools', run: tools },
  { name: 'protections', run: protections },
];

const HELP = `npm run torture -- [--only ${SCENARIOS.map(({ name }) => name).join(',')}] [--rounds N] [--entries WORDS] [--seed N] [--json]
  --only     scenarios, separated by commas; all when not given
  --rounds   requests of fuzz and replays, races, rounds of kills, instead of their own numbers
  --entries  of protections, those whose name contains one of these, separated by commas
  --seed     plays a run again`;

const say = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      entries: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const wanted = values.only?.split(',') ?? SCENARIOS.map(({ name }) => name);
  const unknown = wanted.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  const rounds = values.rounds === undefined ? null : Number(values.rounds);
  const entries = values.entries?.split(',') ?? null;
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  if (unknown.length > 0 || Number.isNaN(seed) || Number.isNaN(rounds)) {
    say(HELP);
    return 2;
  }
  say(`seed ${seed}`);
  let demo: Promise<string> | undefined;
  const demoFolder = async () => {
    demo ??= loadDemo();
    return copyOf(await demo);
  };
  const results = [];
  try {
    for (const scenario of SCENARIOS.filter(({ name }) => wanted.includes(name))) {
      results.push(await play(scenario, { seed, rounds, entries, demoFolder, say }));
    }
  } finally {
    if (demo) await rm(await demo, { recursive: true, force: true, maxRetries: 5 });
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ seed, results }, null, 2)}\n`);
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** Plays one scenario and prints its counts; what it throws is a failure, too. */
async function play(scenario: Scenario, run: Parameters<Scenario['run']>[0]) {
  say(`${scenario.name} …`);
  const began = performance.now();
  const outcome = await scenario.run(run).catch((error: unknown) => ({
    counts: {},
    failures: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  }));
  const seconds = Math.round((performance.now() - began) / 1000);
  const counts = Object.entries(outcome.counts).map(([name, count]) => `  ${name}: ${count}\n`);
  process.stdout.write(
    `${outcome.failures.length === 0 ? '✓' : '✗'} ${scenario.name} (${seconds} s)\n${counts.join('')}`,
  );
  for (const failure of outcome.failures) process.stdout.write(`  ! ${failure}\n`);
  return { name: scenario.name, seconds, ...outcome };
}

/** Loads the demo; every scenario that wants it gets a copy. */
async function loadDemo(): Promise<string> {
  const dataDir = await newDataDir();
  const platform = await startPlatform({ demo: true, dataDir });
  await platform.stop();
  return dataDir;
}

async function copyOf(folder: string): Promise<string> {
  const copy = await newDataDir();
  await promisify(execFile)('cp', ['-a', `${folder}/.`, copy]); // keeps the database's files with their account
  return copy;
}

process.exitCode = await main();
