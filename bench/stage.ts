import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Platform, startPlatform } from '../e2e/support/platform-process.ts';
import { Client, signIn } from '../torture/client.ts';
import type { Figure } from './figure.ts';
import { type Heard, type ListenIn, listenIn } from './listen-in.ts';
import { numbered, type Shot } from './load.ts';
import { addressesOf } from './superuser.ts';
import { usageOf } from './usage.ts';

export type Size = { readonly name: string; readonly cases: number };

/** A running platform with its data, and what scenarios need of it. */
export type Stage = {
  readonly size: Size;
  readonly platform: Platform;
  readonly tenant: number;
  readonly seconds: number;
  readonly soakMinutes: number;
  /** Instead of each scenario's own number. */
  readonly connections: number | null;
  /** As superuser; for reading what is there and for making cases. */
  readonly client: pg.Client;
  readonly addresses: ReturnType<typeof addressesOf>;
  readonly http: Client;
  /** The cookie of a demo account. */
  cookieOf(username: string): Promise<string>;
  /** How long the last start took, in seconds, and which it was. */
  readonly starts: readonly { readonly what: 'first' | 'warm'; readonly seconds: number }[];
  readonly say: (line: string) => void;
};

export type Scenario = {
  readonly name: string;
  /** Takes long, and runs only when it is named. */
  readonly byName?: boolean;
  run(stage: Stage): Promise<readonly Figure[]>;
};

const PASSWORD = 'gongzhi-demo-2026';

type StageOptions = Pick<Stage, 'size' | 'seconds' | 'soakMinutes' | 'connections' | 'say' | 'starts'>;

/** Starts the platform on a data folder and measures how long it takes. */
export async function timedStart(dataDir: string, environment: Readonly<Record<string, string>>) {
  const began = performance.now();
  const platform = await startPlatform({ demo: true, dataDir, environment });
  return { platform, seconds: (performance.now() - began) / 1000 };
}

export async function openStage(platform: Platform, options: StageOptions): Promise<Stage> {
  const addresses = addressesOf(platform.dataDir);
  const client = new pg.Client({ connectionString: addresses.superuser });
  await client.connect();
  const { rows } = await client.query<{ tenant: number }>('SELECT tenant_id AS tenant FROM cases.case_file LIMIT 1');
  const http = new Client(platform.url);
  const cookies = new Map<string, Promise<string>>();
  return {
    ...options,
    platform,
    addresses,
    client,
    http,
    tenant: rows[0]?.tenant ?? 0,
    cookieOf(username) {
      const known = cookies.get(username) ?? signIn(http, username, PASSWORD);
      cookies.set(username, known);
      return known;
    },
  };
}

export async function closeStage(stage: Stage): Promise<void> {
  stage.http.close();
  await stage.client.end();
}

/** Waits until what follows from events is done, so that one measurement does not pay for the one before. */
export async function settle(stage: Stage): Promise<void> {
  stage.say('  waiting until it rests');
  const patience = performance.now() + Math.max(20_000, stage.seconds * 6000);
  for (let quiet = 0; quiet < 2; ) {
    const before = await usageOf(stage.platform.pid, stage.client);
    await wait(500);
    const after = await usageOf(stage.platform.pid, stage.client);
    const busy = (after.node + after.database - before.node - before.database) * 2;
    const left = await waiting(stage);
    quiet = left === 0 && busy < 0.3 ? quiet + 1 : 0;
    if (performance.now() > patience) {
      stage.say(
        `  ! ${left} events still wait, ${busy.toFixed(1)} cores are busy: what follows is measured beside that`,
      );
      break;
    }
  }
  await stage.client.query('CHECKPOINT');
}

/** Events that have not reached all who follow them. */
async function waiting(stage: Stage): Promise<number> {
  const { rows } = await stage.client.query<{ left: number }>(
    `SELECT (SELECT count(*) FROM platform.outbox WHERE tenant_id = $1 AND NOT routed)::int
      + (SELECT count(*) FROM platform.outbox_delivery WHERE tenant_id = $1 AND failed_at IS NULL AND run_at <= now())::int AS left`,
    [stage.tenant],
  );
  return rows[0]?.left ?? 0;
}

/** Above what any run of the load generator comes to. */
let sent = 90_000_000;

/** Sends one request and waits for its answer. */
export async function send(stage: Stage, cookie: string, shot: Shot): Promise<{ status: number; body: unknown }> {
  const { method, path, headers, body } = numbered(shot, sent++);
  return stage.http.json(method, path, body === undefined ? undefined : JSON.parse(body), { cookie, ...headers });
}

/** What the platform sends to its database for each of these requests, one after the other, when it is warm. */
export async function overhear(
  stage: Stage,
  cookie: string,
  shots: readonly Shot[],
  warm: readonly Shot[],
): Promise<readonly Heard[]> {
  const ear = await listenIn(stage.addresses.socket);
  try {
    // New connections pass by us; the old ones are ended, and the pool makes others.
    await stage.client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'gongzhi_app' AND pid <> pg_backend_pid()`,
    );
    await wait(500);
    for (const shot of warm) await send(stage, cookie, shot);
    await wait(500);
    const heard: Heard[] = [];
    for (const shot of shots) heard.push(await hear(stage, ear, cookie, shot));
    return heard;
  } finally {
    await ear.close();
    await wait(500);
  }
}

const WRITES = /(?<!\bFOR (?:NO KEY )?)\b(UPDATE|INSERT INTO|DELETE FROM)\b/i;

/** Hears one request. Once in minutes a read renews its session; it is heard again, since the others do not. */
async function hear(stage: Stage, ear: ListenIn, cookie: string, shot: Shot): Promise<Heard> {
  for (let left = 2; ; left--) {
    ear.clear();
    const { status } = await send(stage, cookie, shot);
    // Nobody waits for the COMMIT of a read: it comes after the answer, and is not to be counted with the next.
    await wait(50);
    if (status >= 300 || status === 0) throw new Error(`${shot.method} ${shot.path} answered ${status}`);
    const heard = ear.heard();
    const writes = heard.trips.flat().some(({ text }) => WRITES.test(text));
    if (left === 0 || shot.method !== 'GET' || !writes) return heard;
  }
}
