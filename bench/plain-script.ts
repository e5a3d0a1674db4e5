import { spawn, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { percentile } from './figure.ts';

/** A script of `bench/sql` run over and over by many clients. */
export type ScriptRun = {
  readonly name: 'file-case' | 'step';
  /** The application's role. */
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
  readonly variables: Readonly<Record<string, string>>;
};

export type ScriptRate = {
  readonly by: string;
  readonly done: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
};

/** Runs it by pgbench where there is one, else by a plain loop of our own over the same script. */
export async function runScript(run: ScriptRun, plain = false): Promise<ScriptRate> {
  const pgbench = plain ? null : findPgbench();
  return pgbench ? byPgbench(pgbench, run) : byLoop(run);
}

function findPgbench(): string | null {
  const places = ['pgbench', ...globSync('/usr/lib/postgresql/*/bin/pgbench').sort().reverse()];
  return places.find((place) => spawnSync(place, ['--version']).status === 0) ?? null;
}

const fileOf = (name: string) => fileURLToPath(new URL(`./sql/${name}.sql`, import.meta.url));

async function byPgbench(pgbench: string, run: ScriptRun): Promise<ScriptRate> {
  const { host, port, user, password, database } = new pg.Client({ connectionString: run.url });
  const logs = mkdtempSync(join(tmpdir(), 'gongzhi-pgbench-'));
  const words = [
    ...['--no-vacuum', '--protocol=prepared', `--file=${fileOf(run.name)}`, `--client=${run.clients}`, '--jobs=2'],
    ...[`--time=${Math.ceil(run.seconds)}`, '--log', `--log-prefix=${join(logs, 'log')}`],
    ...Object.entries(run.variables).map(([name, value]) => `--define=${name}=${value}`),
    ...[`--host=${host}`, `--port=${port}`, `--username=${user}`, database ?? ''],
  ];
  const child = spawn(pgbench, words, {
    env: { ...process.env, PGPASSWORD: password ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (printed += part));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const rate = /tps = ([\d.]+)/.exec(printed)?.[1];
  if (code !== 0 || rate === undefined) throw new Error(`pgbench ended with ${code}:\n${printed}`);
  const latencies = globSync(join(logs, 'log*'))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
    .map((line) => Number(line.split(' ')[2]) / 1000)
    .sort((one, other) => one - other);
  rmSync(logs, { recursive: true });
  return {
    by: 'pgbench',
    done: latencies.length,
    perSecond: Number(rate),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  };
}

type Step =
  | { readonly kind: 'random'; readonly name: string; readonly low: string; readonly high: string }
  | {
      readonly kind: 'sql';
      readonly name: string;
      readonly text: string;
      readonly variables: readonly string[];
      readonly keeps: boolean;
    };

async function byLoop(run: ScriptRun): Promise<ScriptRate> {
  const steps = readScript(readFileSync(fileOf(run.name), 'utf8'));
  const clients = Array.from({ length: run.clients }, () => new pg.Client({ connectionString: run.url }));
  await Promise.all(clients.map((client) => client.connect()));
  const latencies: number[] = [];
  const began = performance.now();
  const until = began + run.seconds * 1000;
  const loop = async (client: pg.Client) => {
    while (performance.now() < until) {
      const start = performance.now();
      await playScript(client, steps, run.variables);
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(clients.map(loop));
  const seconds = (performance.now() - began) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  latencies.sort((one, other) => one - other);
  return {
    by: 'a plain loop of pg clients',
    done: latencies.length,
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  };
}

/** Reads the part of pgbench's language that our scripts use. */
export function readScript(text: string): readonly Step[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('--'));
  const sets = lines.flatMap((line): Step[] => {
    const set = /^\\set (\w+) random\((.+), (.+)\)$/.exec(line);
    return set?.[1] && set[2] && set[3] ? [{ kind: 'random', name: set[1], low: set[2], high: set[3] }] : [];
  });
  const rest = lines.filter((line) => !line.startsWith('\\')).join('\n');
  const statements = [...rest.matchAll(/([\s\S]+?)(;\n|;$|\\gset\n)/g)].map((match, at): Step => {
    const variables: string[] = [];
    const sql = (match[1] ?? '').trim().replace(/(?<!:):([a-z]\w*)/g, (_, name: string) => `$${variables.push(name)}`);
    return { kind: 'sql', name: `plain_${at}`, text: sql, variables, keeps: (match[2] ?? '').startsWith('\\') };
  });
  return [...sets, ...statements];
}

async function playScript(client: pg.Client, steps: readonly Step[], given: ScriptRun['variables']): Promise<void> {
  const variables = new Map(Object.entries(given));
  const bound = (text: string) =>
    text.split(' - ').reduce((value, part, at) => {
      const number = Number(part.startsWith(':') ? variables.get(part.slice(1)) : part);
      return at === 0 ? number : value - number;
    }, 0);
  for (const step of steps) {
    if (step.kind === 'random') {
      const low = bound(step.low);
      variables.set(step.name, String(low + Math.floor(Math.random() * (bound(step.high) - low + 1))));
      continue;
    }
    const values = step.variables.map((name) => variables.get(name) ?? null);
    const answer = await client.query({ name: step.name, text: step.text, values });
    if (step.keeps)
      for (const [name, value] of Object.entries(answer.rows[0] ?? {})) variables.set(name, String(value));
  }
}
