import { existsSync, statfsSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { loadConfig } from '../src/platform/config/config.ts';
import { openDatabase } from '../src/platform/database/open-database.ts';
import { quietLog } from '../src/platform/testing/quiet-log.ts';
import type { Figure } from './figure.ts';
import type { Platform } from '../e2e/support/platform-process.ts';
import { fill } from './fill/fill.ts';
import { machine, markdownOf, type Report, writeInto } from './report.ts';
import { casePage } from './scenarios/case.ts';
import { awaitFirstCount, counts } from './scenarios/counts.ts';
import { file } from './scenarios/file.ts';
import { imports } from './scenarios/import.ts';
import { listeners } from './scenarios/listeners.ts';
import { memory, soak } from './scenarios/memory.ts';
import { queue } from './scenarios/queue.ts';
import { search } from './scenarios/search.ts';
import { start } from './scenarios/start.ts';
import { step } from './scenarios/step.ts';
import { closeStage, openStage, type Scenario, type Size, timedStart } from './stage.ts';
import { addressesOf } from './superuser.ts';

/** Those that read come first; those that write change what the others would read. */
const SCENARIOS: readonly Scenario[] = [
  start,
  queue,
  casePage,
  search,
  counts,
  step,
  file,
  imports,
  listeners,
  memory,
  soak,
];
const SIZES: readonly Size[] = [
  { name: '10k', cases: 10_000 },
  { name: '100k', cases: 100_000 },
  { name: '1m', cases: 1_000_000 },
];
/** Pages of ten million are to take little more time than those of ten thousand. */
const MOST_GROWTH = 1.3;
/** Bytes a case takes with its events, their words and all indexes, while they are built. */
const BYTES_A_CASE = { large: 9000, other: 12_000 };

const HELP = `npm run bench -- [options]
  --only ${SCENARIOS.map(({ name }) => name).join(',')}   scenarios, separated by commas; all but soak when not given
  --sizes 10k,1m       how many cases: ${SIZES.map(({ name }) => name).join(', ')}; 10k when not given
  --large              10 million cases beside the sizes, at most 3 events each, no text search; asks for free disk first
  --large-cases N      so many instead, where the disk has no room for ten million
  --seconds N          each measurement, 10 when not given
  --soak-minutes N     how long soak runs, 30 when not given
  --connections N      instead of each scenario's own number
  --data FOLDER        where the data folders go, one for each size, and stay, for another run; else a new one that is removed
  --set NAME=VALUE     a setting of the platform, e.g. GONGZHI_DATABASE_POOL=20; several separated by spaces
  --json FILE          the figures as JSON
  --write FILE         puts the table into a document, between its marks`;

const say = (line: string) => process.stderr.write(`${Math.round(performance.now() / 1000)} s  ${line}\n`);

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sizes: { type: 'string', default: '10k' },
    large: { type: 'boolean', default: false },
    'large-cases': { type: 'string' },
    seconds: { type: 'string', default: '10' },
    'soak-minutes': { type: 'string', default: '30' },
    connections: { type: 'string' },
    data: { type: 'string' },
    set: { type: 'string', default: '' },
    json: { type: 'string' },
    write: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const LARGE = largeSize(Number(values['large-cases'] ?? 10_000_000));

function largeSize(cases: number): Size {
  return { name: `${(cases / 1e6).toFixed(1).replace('.0', '')}m`, cases };
}

async function main(): Promise<number> {
  const chosen = values.only?.split(',') ?? SCENARIOS.filter(({ byName }) => !byName).map(({ name }) => name);
  const scenarios = SCENARIOS.filter(({ name }) => chosen.includes(name));
  const names = [...values.sizes.split(','), ...(values.large ? [LARGE.name] : [])];
  const sizes = [...SIZES, LARGE].filter(({ name }) => names.includes(name));
  const seconds = Number(values.seconds);
  if (
    values.help ||
    !(LARGE.cases >= 1e6) ||
    scenarios.length !== chosen.length ||
    sizes.length !== names.length ||
    !(seconds >= 1)
  ) {
    process.stdout.write(`${HELP}\n`);
    return values.help ? 0 : 2;
  }
  const figures: Figure[] = [];
  let database = '';
  for (const size of sizes) {
    const run = await measure(size, scenarios, seconds);
    figures.push(...run.figures.map((figure) => withGrowth(figure, figures)));
    database = run.database;
  }
  const report: Report = {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    command: commandLine(),
    machine: machine(),
    node: `Node ${process.version}`,
    database,
    figures,
  };
  process.stdout.write(`${markdownOf(report)}\n`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  if (values.write) writeInto(values.write, report);
  const missed = figures.filter(({ target }) => target && !target.met).length;
  for (const one of failed) say(`failed: ${one}`);
  process.stdout.write(`${figures.length} figures, ${missed} targets missed, ${failed.length} scenarios failed\n`);
  return failed.length === 0 ? 0 : 1;
}

/** How p50 of pages grew since the smallest size of the same run. */
function withGrowth(figure: Figure, before: readonly Figure[]): Figure {
  const small = before.find(({ what, size }) => what === figure.what && size === '10k');
  if (!['queue', 'case'].includes(figure.scenario) || !small?.p50 || !figure.p50) return figure;
  const growth = figure.p50 / small.p50;
  const text = `p50 ≤ 1.3 × that at 10k: ${growth.toFixed(2)}`;
  const { target: own } = figure;
  return {
    ...figure,
    target: { text: own ? `${own.text}, ${text}` : text, met: (own?.met ?? true) && growth <= MOST_GROWTH },
  };
}

/** As others would type it, without the folders of this machine. */
function commandLine(): string {
  const { data: _, json: __, write: ___, ...told } = values;
  const words = Object.entries(told).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : value ? [`--${name} ${value}`] : [],
  );
  return `npm run bench -- ${words.join(' ')}`;
}

const failed: string[] = [];

/** What runs now, so that a bench that is stopped stops it, too. */
let running: Platform | null = null;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.resolve(running?.stop()).finally(() => process.exit(1));
  });
}

async function begin(dataDir: string, environment: Readonly<Record<string, string>>) {
  const began = await timedStart(dataDir, environment);
  running = began.platform;
  return began;
}

async function measure(size: Size, scenarios: readonly Scenario[], seconds: number) {
  const environment = Object.fromEntries(
    values.set
      .split(' ')
      .filter(Boolean)
      .map((pair) => pair.split('=', 2)),
  );
  const dataDir = await folderFor(size);
  try {
    const starts: { what: 'first' | 'warm'; seconds: number }[] = [];
    if (!existsSync(join(dataDir, 'bench.json'))) {
      say(`${size.name}: first start`);
      const first = await begin(dataDir, environment);
      starts.push({ what: 'first', seconds: first.seconds });
      await first.platform.stop();
      await fillFolder(dataDir, size, scenarios.includes(counts));
    }
    const warm = await begin(dataDir, environment);
    starts.push({ what: 'warm', seconds: warm.seconds });
    const connections = values.connections ? Number(values.connections) : null;
    const stage = await openStage(warm.platform, {
      size,
      seconds,
      soakMinutes: Number(values['soak-minutes']),
      connections,
      say,
      starts,
    });
    try {
      const figures: Figure[] = [];
      if (size !== LARGE || scenarios.includes(counts)) figures.push(...(await awaitFirstCount(stage)));
      for (const scenario of scenarios) {
        say(`${size.name}: ${scenario.name}`);
        // One that fails takes nothing from the others, which may have run for an hour.
        const more = await scenario.run(stage).catch((error: unknown) => {
          failed.push(`${size.name}: ${scenario.name}: ${error instanceof Error ? error.stack : String(error)}`);
          return [];
        });
        figures.push(...more);
      }
      const { rows } = await stage.client.query<{ version: string }>(
        `SELECT 'PostgreSQL ' || current_setting('server_version') AS version`,
      );
      return { figures, database: rows[0]?.version ?? '' };
    } finally {
      await closeStage(stage);
      await warm.platform.stop();
    }
  } finally {
    if (!values.data) await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function folderFor(size: Size): Promise<string> {
  const folder = values.data ? join(resolve(values.data), size.name) : await mkdtemp(join(tmpdir(), 'gongzhi-bench-'));
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755); // the bundled database runs as another account when we are root
  return folder;
}

/** Fills a folder while no platform runs in it. */
async function fillFolder(dataDir: string, size: Size, counted: boolean): Promise<void> {
  const large = size === LARGE;
  const { bavail, bsize } = statfsSync(dataDir);
  const needed = size.cases * (large ? BYTES_A_CASE.large : BYTES_A_CASE.other);
  if (bavail * bsize < needed)
    throw new Error(
      `${size.name} cases need some ${Math.ceil(needed / 1e9)} GB in ${dataDir}; ${Math.floor((bavail * bsize) / 1e9)} GB are free`,
    );
  const config = loadConfig({}, new Map([['data', dataDir]]));
  const opened = await openDatabase(config, { log: quietLog, say: () => undefined, mode: 'own' });
  try {
    const filled = await fill({
      url: addressesOf(dataDir).superuser,
      tenant: config.tenant,
      count: size.cases,
      ...(large ? { events: 3, searchable: false } : {}),
    });
    // Some twenty minutes at ten million, for which only those who measure counts need to wait.
    if (!large || counted) await countAnew(addressesOf(dataDir).superuser);
    const rate = Math.round(filled.cases / filled.copySeconds);
    say(
      `${size.name}: made in ${Math.round(filled.seconds)} s, ${rate.toLocaleString('en')} cases a second before their indexes`,
    );
    writeFileSync(join(dataDir, 'bench.json'), `${JSON.stringify({ size: size.name, ...filled })}\n`);
  } finally {
    await opened.close();
  }
}

/** No event told of the cases, so the platform counts from the beginning, as it does for cases of the time before counts. */
async function countAnew(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('TRUNCATE statistics.progress, statistics.contribution, statistics.cell');
  await client.end();
}

process.exitCode = await main();
