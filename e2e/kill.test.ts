import { type ChildProcess, spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDataDir, type Platform, startPlatform } from './support/platform-process.ts';

// What is acknowledged must outlive a power cut: the real program is killed with -9 in the middle of its work.
const PROJECT = join(import.meta.dirname, '..');
const ROWS = 3000;
const FILINGS = 20;

let dataDir: string;
let platform: Platform;

beforeAll(async () => {
  dataDir = await newDataDir();
  platform = await startPlatform({ dataDir });
}, 300_000);
afterAll(async () => {
  await platform?.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const filing = (index: number) => ({
  text: `第 ${index} 盏路灯不亮，晚上看不清路。`,
  classCode: '1101',
  place: { kind: 'unknown', detail: null },
  ...{ name: null, phone: null, anonymous: false, publishConsent: false, fileIds: [] },
});

type Receipt = { readonly number: string; readonly queryCode: string };

/** Files one request; null when the answer never came. */
async function file(index: number): Promise<Receipt | null> {
  const answer = await fetch(`${platform.url}/api/public/cases`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `filing-number-${index}` },
    body: JSON.stringify(filing(index)),
  }).catch(() => null);
  return answer?.status === 201 ? ((await answer.json().catch(() => null)) as Receipt | null) : null;
}

async function tracked({ number, queryCode }: Receipt): Promise<number> {
  const answer = await fetch(`${platform.url}/api/public/tracking`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ number, queryCode }),
  });
  return answer.status;
}

type Run = { readonly child: ChildProcess; readonly ended: Promise<{ code: number | null; out: string; err: string }> };

/** A command beside the platform, in a group of its own that can be killed. */
function run(...words: string[]): Run {
  const environment = { ...process.env, GONGZHI_DATA: dataDir, GONGZHI_LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, ['bin/gongzhi.mjs', ...words], {
    cwd: PROJECT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (part) => (out += part));
  child.stderr?.setEncoding('utf8').on('data', (part) => (err += part));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, out, err })),
  );
  return { child, ended };
}

const verified = async () => {
  const { code, out } = await run('verify', '--json').ended;
  const { chains, history } = JSON.parse(out) as {
    chains: { cases: number; broken: unknown[] };
    history: { faults: unknown[] };
  };
  return { code, cases: chains.cases, broken: [...chains.broken, ...history.faults] };
};

describe('kill -9', () => {
  test('in the middle of twenty filings: each that was acknowledged is there, and none twice', async () => {
    const before = (await verified()).cases;
    const answers = Array.from({ length: FILINGS }, (_, index) => file(index));
    await Promise.race(answers);
    await platform.stop('SIGKILL');
    const acknowledged = await Promise.all(answers);

    platform = await startPlatform({ dataDir });
    expect(platform.output()).toMatch(/the database server \(process \d+\) that an earlier run left behind/);
    expect(acknowledged.some((receipt) => receipt !== null)).toBe(true);
    for (const receipt of acknowledged) if (receipt) expect(await tracked(receipt)).toBe(200);

    const again = await Promise.all(Array.from({ length: FILINGS }, (_, index) => file(index)));
    for (const [index, receipt] of acknowledged.entries()) if (receipt) expect(again[index]).toEqual(receipt);
    expect(again.every((receipt) => receipt !== null)).toBe(true);
    expect(await verified()).toMatchObject({ code: 0, cases: before + FILINGS, broken: [] });
  });

  test('in the middle of an import: run again it goes on, and nothing is doubled', async () => {
    const before = (await verified()).cases;
    const rows = Array.from(
      { length: ROWS },
      (_, index) => `k${index},路灯 ${index},晚上看不清路。,2026-01-05 09:00:00`,
    );
    const [csv, map] = [join(dataDir, 'rows.csv'), join(dataDir, 'map.json')];
    await writeFile(csv, ['id,title,body,opened', ...rows].join('\r\n'));
    const opened = { column: 'opened', formats: ['yyyy-MM-dd HH:mm:ss'] };
    const texts = { title: { column: 'title' }, body: { column: 'body' }, openedAt: opened };
    await writeFile(
      map,
      JSON.stringify({ source: 'kill-test', sourceId: { column: 'id' }, ...texts, class: 'auto', area: null }),
    );
    const words = ['import', 'cases', csv, '--map', map, '--report', join(dataDir, 'report.csv'), '--json'];

    const first = run(...words);
    const reached = await someCases(before, first.child);
    process.kill(-(first.child.pid ?? 0), 'SIGKILL');
    await first.ended;
    expect(reached - before).toBeLessThan(ROWS);

    const second = JSON.parse((await run(...words).ended).out);
    expect(second).toMatchObject({ rows: ROWS, rejected: 0 });
    expect(second.known).toBeGreaterThan(0);
    expect(second.created).toBeGreaterThan(0);
    expect(second.known + second.created).toBe(ROWS);
    expect(JSON.parse((await run(...words).ended).out)).toMatchObject({ created: 0, known: ROWS });
    expect(await verified()).toMatchObject({ code: 0, cases: before + ROWS, broken: [] });
  });
});

/** Waits until an import has committed its first rows; answers how many cases there are then. */
async function someCases(before: number, importing: ChildProcess): Promise<number> {
  const pg = createRequire(import.meta.url)('pg') as typeof import('pg');
  const { joinEmbedded } = await import('../src/platform/database/embedded/embedded-server.ts');
  const server = joinEmbedded({ dataDir, databaseFolder: null, databaseAccount: null });
  if (!server) throw new Error('no server to join');
  const client = new pg.Client({ connectionString: server.appUrl });
  await client.connect();
  await client.query(`SELECT set_config('app.tenant', '421181', false)`);
  try {
    for (;;) {
      const { rows } = await client.query('SELECT count(*)::int AS n FROM cases.case_file');
      if (rows[0].n > before) return rows[0].n;
      if (importing.exitCode !== null) throw new Error('the import ended before it entered anything');
      await wait(20);
    }
  } finally {
    await client.end();
  }
}

test('two processes cannot open one data folder; the second says so and leaves the first alone', async () => {
  const second = await run('start', '--empty', '--port', '0').ended;

  expect(second.code).toBe(1);
  expect(second.err).toMatch(/is in use by the process \d+\. Stop that one first/);
  expect(second.err).not.toMatch(/\n\s+at /);
  expect((await fetch(`${platform.url}/api/ready`)).status).toBe(200);
});
