import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { verifyAll } from './commands/verify.ts';
import { keepHistory } from './modules/ledger/index.ts';
import { systemActor } from './platform/auth/actor.ts';
import { tablesOf } from './platform/backup/catalogue.ts';
import type { BackupKey } from './platform/backup/frames.ts';
import { restoreBackup } from './platform/backup/restore.ts';
import { writeBackup } from './platform/backup/write-backup.ts';
import { createDatabase } from './platform/database/create-database.ts';
import { quietLog } from './platform/testing/database.ts';
import { type County, testCounty } from './testing/county.ts';

const KEY: BackupKey = { key: Buffer.alloc(32, 7) };
let county: County;
let folder: string;
let plain: string;
let sealed: string;
let photo: string;
const databases: string[] = [];

beforeAll(async () => {
  county = await testCounty();
  folder = await mkdtemp(join(tmpdir(), 'gongzhi-backup-'));
  photo = await county.photo('dispatcher');
  // Enough that the file has several frames and damage can lie behind the tables.
  const large = join(county.app.config.dataDir, 'files', 'zz', 'large');
  await mkdir(dirname(large), { recursive: true });
  await writeFile(large, randomBytes(1_000_000));
  for (let turn = 0; turn < 3; turn++) await county.file('dispatcher');
  await county.work();
  await keepHistory(county.app);
  [plain, sealed] = [join(folder, 'plain.backup'), join(folder, 'sealed.backup')];
  await backup(plain, null);
  await backup(sealed, KEY);
});
afterAll(async () => {
  for (const name of databases) await asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await county.close();
  await rm(folder, { recursive: true, force: true });
});

function backup(out: string, key: BackupKey | null) {
  const { dataDir, historyFolder } = county.app.config;
  const { ownerUrl } = county.data;
  const about = { ownerUrl, tenant: county.tenant, dataDir, historyFolder, withKeys: false, now: new Date() };
  return writeBackup({ ...about, out, key, progress: () => undefined });
}

async function asSuperuser(statement: string): Promise<void> {
  const url = inject('gongzhiTestServer').superuser.replace('/template?', '/postgres?');
  await withClient(url, (client) => client.query(statement));
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

type Target = { readonly ownerUrl: string; readonly appUrl: string; readonly dataDir: string };

/** An empty database and a folder that is not there yet. */
async function newTarget(): Promise<Target> {
  const name = `r_${randomBytes(6).toString('hex')}`;
  databases.push(name);
  await asSuperuser(`CREATE DATABASE ${name} OWNER gongzhi_owner`);
  const { owner, app } = inject('gongzhiTestServer');
  const named = (url: string) => url.replace('/template?', `/${name}?`);
  return { ownerUrl: named(owner), appUrl: named(app), dataDir: join(folder, name) };
}

function restore(file: string, target: Target, key: BackupKey | null = null) {
  const { ownerUrl: databaseUrl, appUrl: appDatabaseUrl, dataDir } = target;
  const config = { dataDir, databaseUrl, appDatabaseUrl, databaseFolder: null, databaseAccount: null };
  return restoreBackup({ file, key, config, log: quietLog, say: () => undefined, progress: () => undefined });
}

/** Rows and content of every table, as one text each. */
async function contentOf(url: string): Promise<Map<string, string>> {
  return withClient(url, async (client) => {
    await client.query('BEGIN; SELECT platform.enter($$T$$::int, $$test$$)'.replace('$$T$$', String(county.tenant)));
    const content = new Map<string, string>();
    for (const { name } of await tablesOf(client)) {
      const { rows } = await client.query<{ all: string }>(
        `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS all FROM ${name} t`,
      );
      content.set(name, rows[0]?.all ?? '');
    }
    return content;
  });
}

describe('a backup', () => {
  test.each([
    ['plain', () => plain, null],
    ['encrypted', () => sealed, KEY],
  ] as const)(
    '%s, restored into an empty database, is the same to the last row, and verify holds',
    async (_, file, key) => {
      const target = await newTarget();
      const done = await restore(file(), target, key);
      expect(done).toMatchObject({ tenant: county.tenant, withKeys: false });
      expect(await contentOf(target.ownerUrl)).toEqual(await contentOf(county.data.ownerUrl));

      const database = createDatabase({ url: target.appUrl, poolSize: 2, log: quietLog });
      const actor = systemActor(county.tenant, 'verify');
      const { keyId, publicKey } = county.app.signer;
      const found = await verifyAll((work) => database.read(actor, work), actor, {
        keys: new Map([[keyId, publicKey]]),
        mirrors: [join(target.dataDir, 'history'), county.app.config.historyFolder],
        bar: false,
      });
      await database.close();
      expect([found.chains.cases, found.chains.broken, found.history.faults]).toEqual([3, [], []]);
    },
  );

  test('brings back foreign keys, indexes and row security', async () => {
    const target = await newTarget();
    await restore(plain, target);
    const shape = (url: string) =>
      withClient(url, async (client) => {
        const { rows } = await client.query(`
          SELECT conname AS name, convalidated::text AS state FROM pg_constraint
          UNION ALL SELECT c.relname, c.relforcerowsecurity::text FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'i') AND n.nspname NOT LIKE 'pg\\_%'
          ORDER BY 1, 2`);
        return rows;
      });
    expect(await shape(target.ownerUrl)).toEqual(await shape(county.data.ownerUrl));
  });

  test('holds uploaded files and the history folder, and no keys', async () => {
    const target = await newTarget();
    await restore(plain, target);
    const path = join('files', photo.slice(-4, -2), photo.slice(-2), photo);
    const original = await readFile(join(county.app.config.dataDir, path));
    expect((await readFile(join(target.dataDir, path))).equals(original)).toBe(true);
    expect((await readdir(target.dataDir)).sort()).toEqual(['files', 'history']);
  });

  test('encrypted, shows nothing of what it holds', async () => {
    expect((await readFile(sealed)).includes('platform.audit_entry')).toBe(false);
    expect((await readFile(sealed)).subarray(0, 400).toString()).not.toContain('case_file');
  });

  test('never overwrites', async () => {
    await expect(backup(plain, null)).rejects.toMatchObject({ code: 'backup.exists' });
    expect(existsSync(`${plain}.part`)).toBe(false);
  });
});

describe('a restore refuses, and leaves nothing', () => {
  const refused = async (file: string, code: string, key: BackupKey | null = null) => {
    const target = await newTarget();
    await expect(restore(file, target, key)).rejects.toMatchObject({ code });
    expect(existsSync(target.dataDir)).toBe(false);
    const left = await withClient(target.ownerUrl, (client) =>
      client.query(`SELECT nspname FROM pg_namespace WHERE nspname IN ('platform', 'cases')`),
    );
    expect(left.rows).toEqual([]);
  };
  const spoiled = async (from: string, spoil: (bytes: Buffer) => Buffer) => {
    const file = join(folder, `${randomBytes(4).toString('hex')}.backup`);
    await writeFile(file, spoil(await readFile(from)));
    return file;
  };
  const flipped = (share: number) => (bytes: Buffer) => {
    const at = Math.floor(bytes.length * share);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };

  test.each([0.3, 0.6, 0.999])('one bit changed at %d of its length', async (share) => {
    await refused(await spoiled(plain, flipped(share)), 'backup.damaged');
  });
  test('one whose words are whole, and the seal under them is not', async () => {
    const lastSeal = (bytes: Buffer) => {
      bytes[bytes.length - 4] = (bytes.at(-4) ?? 0) ^ 1;
      return bytes;
    };
    await refused(await spoiled(plain, lastSeal), 'backup.damaged');
  });
  test('one bit changed in an encrypted one', async () => {
    await refused(await spoiled(sealed, flipped(0.7)), 'backup.damaged', KEY);
  });
  test('one that was cut short, by much or by one byte', async () => {
    const file = await spoiled(plain, (bytes) => bytes);
    const { length } = await readFile(file);
    await truncate(file, length - 1);
    await refused(file, 'backup.cut_short');
    await truncate(file, Math.floor(length / 2));
    await refused(file, 'backup.cut_short');
  });
  test('one with something behind its end', async () => {
    await refused(await spoiled(plain, (bytes) => Buffer.concat([bytes, Buffer.from('x')])), 'backup.damaged');
  });
  test('another key, no key, no backup at all', async () => {
    await refused(sealed, 'backup.wrong_key', { key: Buffer.alloc(32, 8) });
    await refused(sealed, 'backup.key_needed');
    await refused(await spoiled(plain, () => Buffer.from('hello')), 'backup.not_one');
  });
  test('a target that is not empty', async () => {
    const target = await newTarget();
    await mkdir(target.dataDir);
    await writeFile(join(target.dataDir, 'mine'), 'stays');
    await expect(restore(plain, target)).rejects.toMatchObject({ code: 'backup.target_not_empty' });
    expect(await readdir(target.dataDir)).toEqual(['mine']);

    const used = await newTarget();
    await withClient(used.ownerUrl, (client) => client.query('CREATE TABLE public.mine (a int)'));
    await expect(restore(plain, used)).rejects.toMatchObject({ code: 'backup.target_not_empty' });
    await withClient(used.ownerUrl, (client) => client.query('SELECT a FROM public.mine'));
  });
});
