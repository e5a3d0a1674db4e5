import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { quietLog } from '../../testing/quiet-log.ts';
import { canEnter, canRead } from './account.ts';
import { startEmbedded } from './embedded-server.ts';
import { isAlive, readPostmaster } from './postmaster.ts';

const CHILD = fileURLToPath(new URL('../../testing/database-child.ts', import.meta.url));
const NOBODY = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
let root: string;
let folder: string;
let children: Child[] = [];

type Child = {
  readonly pid: number;
  readonly lines: string[];
  readonly send: (line: string) => void;
  /** Settles with the first line that begins so. */
  readonly line: (start: string) => Promise<string>;
  readonly kill: () => Promise<void>;
  readonly end: Promise<number | null>;
};

// Making a database takes a second, so most tests go on with the one of the test before.
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gongzhi-embedded-'));
  chmodSync(root, 0o711);
});
beforeEach(() => {
  folder = join(root, 'data');
  children = [];
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
afterEach(async () => {
  for (const child of children) await child.kill();
  const left = readPostmaster(join(folder, 'postgres'));
  if (left && isAlive(left.pid)) {
    process.kill(left.pid, 'SIGQUIT');
    await until(() => !isAlive(left.pid));
  }
});

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn > 500) throw new Error('it did not come about in ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function start(mode: 'own' | 'join' = 'own', account: { uid?: number; gid?: number } = {}): Child {
  const process_: ChildProcess = spawn(process.execPath, [CHILD, folder, mode], {
    ...account,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  let told = () => {};
  if (process_.stdout) {
    createInterface({ input: process_.stdout }).on('line', (line) => {
      lines.push(line);
      told();
    });
  }
  const end = new Promise<number | null>((resolve) => process_.once('close', (code) => resolve(code)));
  const child: Child = {
    pid: process_.pid as number, // spawned above; a failure to spawn shows as no line
    lines,
    send: (line) => process_.stdin?.write(`${line}\n`),
    async line(begin) {
      for (;;) {
        const found = lines.find((line) => line.startsWith(begin));
        if (found !== undefined) return found;
        const next = new Promise<'line'>((resolve) => {
          told = () => resolve('line');
        });
        if ((await Promise.race([next, end])) !== 'line') throw new Error(`no "${begin}" in: ${lines.join(' | ')}`);
      }
    },
    async kill() {
      process_.kill('SIGKILL');
      await end;
    },
    end,
  };
  children.push(child);
  return child;
}

const written = (child: Child) =>
  child.lines.filter((line) => line.startsWith('wrote ')).map((line) => line.slice('wrote '.length));

async function stored(url: string): Promise<Set<string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("BEGIN; SET LOCAL app.tenant = '421181'");
  const { rows } = await client.query<{ target_id: string }>('SELECT target_id FROM platform.audit_entry');
  await client.end();
  return new Set(rows.map((row) => row.target_id));
}

/** Starts the server in this process, lets `look` see it and stops it; answers what was said. */
async function startHere(look: (url: string, pid: number) => Promise<void> = async () => {}): Promise<string[]> {
  const said: string[] = [];
  const server = await startEmbedded(
    { dataDir: folder, databaseFolder: null, databaseAccount: null },
    { log: quietLog, say: (line) => said.push(line) },
  );
  try {
    await look(server.appUrl, server.pid);
  } finally {
    await server.stop();
  }
  return said;
}

test('a second process is refused and told who has the folder; kill -9 frees it', async () => {
  const first = start();
  await first.line('ready');

  const second = start();
  expect(await second.line('failed')).toContain(
    `FolderInUse: The folder ${folder} is in use by the process ${first.pid}`,
  );
  expect(await second.end).toBe(1);

  await first.kill();
  const third = start();
  await third.line('ready');
});

test('after kill -9 the server left behind is taken over, which is said, and nothing is lost', async () => {
  const killed = start();
  await killed.line('ready');
  killed.send('write');
  await killed.line('wrote');
  const orphan = readPostmaster(join(folder, 'postgres'));
  await killed.kill();
  expect(isAlive(orphan?.pid ?? 0)).toBe(true);

  const said = await startHere(async (url, pid) => {
    expect(pid).toBe(orphan?.pid);
    expect(await stored(url)).toContain(written(killed)[0]);
  });

  expect(said).toEqual([`Took over the database server (process ${orphan?.pid}) that an earlier run left behind.`]);
  expect(isAlive(orphan?.pid ?? 0)).toBe(false);
});

test('a server left behind that does not answer is stopped, which is said', async () => {
  const killed = start();
  await killed.line('ready');
  const orphan = readPostmaster(join(folder, 'postgres'));
  await killed.kill();
  rmSync(join(folder, 'postgres', 'socket', '.s.PGSQL.5432'));

  const said = await startHere(async (_url, pid) => expect(pid).not.toBe(orphan?.pid));

  expect(said).toEqual([
    `Stopped the database server (process ${orphan?.pid}) that an earlier run left behind (stopped).`,
  ]);
});

test('acknowledged writes survive kill -9 of the program and of the server', async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round++) {
    const child = start();
    await child.line('ready');
    child.send('flood');
    await until(() => child.lines.length > 60);
    const server = readPostmaster(join(folder, 'postgres'));
    await child.kill();
    if (round !== 1) process.kill(server?.pid ?? 0, 'SIGKILL');
    acknowledged.push(...written(child));
  }

  const said = await startHere(async (url) => {
    const rows = await stored(url);
    expect(acknowledged.filter((id) => !rows.has(id))).toEqual([]);
  });

  expect(acknowledged.length).toBeGreaterThan(100);
  expect(said).toEqual([expect.stringContaining('replays its log')]);
});

test('a pid file whose number now belongs to another program does not stop the start', async () => {
  await startHere();
  const file = join(folder, 'postgres', 'cluster', 'postmaster.pid');
  writeFileSync(file, `${process.pid}\n${join(folder, 'postgres', 'cluster')}\n0\n5432\n/nowhere\n\n0 0\nready\n`);
  if (isRoot) chownSync(file, NOBODY.uid, NOBODY.gid);

  expect(await startHere()).toEqual([expect.stringContaining('replays its log')]);
});

test('a first start that was cut short leaves nothing that looks like a database', async () => {
  folder = join(root, 'cut-short');
  mkdirSync(join(folder, 'postgres', 'cluster.part'), { recursive: true });
  writeFileSync(join(folder, 'postgres', 'cluster.part', 'PG_VERSION'), '18\n');

  await startHere(async (url) => expect(url).toContain('gongzhi_app'));
});

test('a command joins the server of the running program and leaves it running', async () => {
  const owner = start();
  await owner.line('ready');

  const guest = start('join');
  await guest.line('ready');
  guest.send('write');
  await guest.line('wrote');
  guest.send('stop');
  expect(await guest.end).toBe(0);

  owner.send('write');
  await owner.line('wrote');
  owner.send('stop');
  expect(await owner.end).toBe(0);
});

test('the program stops the server cleanly', async () => {
  const child = start();
  await child.line('ready');
  child.send('stop');
  await child.end;

  expect(readPostmaster(join(folder, 'postgres'))).toBeNull();
  expect(readFileSync(join(folder, 'postgres', 'postgres.log'), 'utf8')).toContain('database system is shut down');
});

test('passwords and the database are readable by nobody else', async () => {
  await startHere();
  const mode = (...path: string[]) => statSync(join(folder, ...path)).mode & 0o777;

  expect(mode('keys')).toBe(0o700);
  expect(mode('keys', 'database.json')).toBe(0o600);
  expect(mode('postgres')).toBe(0o700);
  expect(mode('postgres', 'cluster')).toBe(0o700);
});

// An ordinary account must be able to read the project and Node; a clone in root's own home forbids it.
const nobodyCan = isRoot && canRead(NOBODY, CHILD) && canEnter(NOBODY, join(process.execPath, '..'));

test.runIf(nobodyCan)('runs as an ordinary account as well', async () => {
  folder = join(root, 'nobodys');
  mkdirSync(folder);
  chownSync(folder, NOBODY.uid, NOBODY.gid);
  const child = start('own', NOBODY);
  await child.line('ready');
  child.send('write');
  await child.line('wrote');
  child.send('stop');

  expect(await child.end).toBe(0);
  expect(existsSync(join(folder, 'postgres', 'cluster', 'PG_VERSION'))).toBe(true);
});

test('the log of the server holds no values of rows', async () => {
  await startHere(async (url) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("SELECT '13800000000'::uuid").catch(() => undefined);
    await client.query('SELECT $1::uuid', ['13800000000']).catch(() => undefined);
    await client.query("DO $$ BEGIN RAISE WARNING '13800000000' USING DETAIL = '13800000000'; END $$");
    await client.end();
  });
  const log = readFileSync(join(folder, 'postgres', 'postgres.log'), 'utf8');

  expect(log).toContain('ready to accept connections');
  expect(log).not.toContain('13800000000');
});

test('a server that is killed under the running program is started again, and nothing is lost', async () => {
  const said = await startHere(async (url, pid) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    process.kill(pid, 'SIGKILL');
    await until(() => readPostmaster(join(folder, 'postgres'))?.ready === true && isOther(pid));
    expect(await answers(url)).toBe(true);
  });
  expect(said).toEqual([
    expect.stringContaining('is gone; it is started again'),
    expect.stringContaining('works again'),
  ]);
});

const isOther = (pid: number) => readPostmaster(join(folder, 'postgres'))?.pid !== pid;

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ one: number }>('SELECT 1 AS one');
  await client.end();
  return rows[0]?.one === 1;
}
