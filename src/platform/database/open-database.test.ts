import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { quietLog } from '../testing/quiet-log.ts';
import { type ScratchServer, startScratchServer } from './embedded/scratch-server.ts';
import { openDatabase } from './open-database.ts';

/** The PostgreSQL this machine has, so that a version other than the bundled one is tried where there is one. */
function installedPostgres(): string | null {
  const folder = '/usr/lib/postgresql';
  const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.find((version) => Number(version) >= 15 && existsSync(join(folder, version, 'bin', 'initdb')));
  return found === undefined ? null : join(folder, found);
}

let server: ScratchServer;
let folder: string;

beforeAll(async () => {
  server = await startScratchServer({ installed: installedPostgres() });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const settings = (more: { appDatabaseUrl?: string; databaseUrl?: string } = {}) => {
  folder ??= mkdtempSync(join(tmpdir(), 'gongzhi-open-'));
  return {
    dataDir: folder,
    databaseUrl: server.ownerUrl('gongzhi'),
    appDatabaseUrl: null,
    databasePool: 2,
    databaseFolder: null,
    databaseAccount: null,
    ...more,
  };
};
const open = (more: Parameters<typeof settings>[0] = {}) =>
  openDatabase(settings(more), { log: quietLog, say: () => undefined, mode: 'own' });
const actor = systemActor(421181, 'test');

test('a server of your own is migrated and used as the bound role', async () => {
  const opened = await open();
  const settingKeys = await opened.database.read(actor, (tx) =>
    tx.selectFrom('platform.setting').selectAll().execute(),
  );
  await opened.close();
  const again = await open();
  await again.close();

  expect(settingKeys).toEqual([]);
  expect(opened.migrated.length).toBeGreaterThan(5);
  expect(again.migrated).toEqual([]);
  expect(new URL(opened.appUrl.replace('@/', '@host/')).username).toBe('gongzhi_app');
});

test('the role of the application may be given, with a password of your own', async () => {
  const client = new pg.Client({ connectionString: server.superuserUrl('gongzhi') });
  await client.connect();
  await client.query("ALTER ROLE gongzhi_app PASSWORD 'chosen'");
  await client.end();

  const opened = await open({ appDatabaseUrl: server.appUrl('gongzhi').replace(':scratch@', ':chosen@') });
  expect(await opened.database.healthy()).toBe(true);
  await opened.close();
});

test('a wrong password says what to set', async () => {
  const wrong = open({ appDatabaseUrl: server.appUrl('gongzhi').replace(':scratch@', ':wrong@') });

  await expect(wrong).rejects.toThrow('GONGZHI_APP_DATABASE_URL');
});

test.each(['owner', 'superuser'] as const)('the %s is refused as the role of the application', async (role) => {
  const address = role === 'owner' ? server.ownerUrl('gongzhi') : server.superuserUrl('gongzhi');

  await expect(open({ appDatabaseUrl: address })).rejects.toThrow('owns the tables or passes row security');
});

test('an owner who may not make roles is told what is missing', async () => {
  const client = new pg.Client({ connectionString: server.superuserUrl('postgres') });
  await client.connect();
  await client.query("CREATE ROLE plain LOGIN PASSWORD 'plain'; ALTER ROLE gongzhi_app RENAME TO gongzhi_app_away");
  await client.query('CREATE DATABASE plain OWNER plain');
  try {
    const address = server.ownerUrl('plain').replace('gongzhi_owner:scratch', 'plain:plain');
    await expect(open({ databaseUrl: address })).rejects.toThrow('Give it CREATEROLE');
  } finally {
    await client.query('ALTER ROLE gongzhi_app_away RENAME TO gongzhi_app');
    await client.end();
  }
});

test.each(['127.0.0.1', 'localhost'])(
  'a server that is not there is named, without its password (%s)',
  async (host) => {
    const away = open({ databaseUrl: `postgres://owner:hunter2@${host}:1/gongzhi` });

    await expect(away).rejects.toThrow(new RegExp(`^The database at ${host}:1 does not let us in: .*ECONNREFUSED`));
    await expect(away).rejects.not.toThrow('hunter2');
  },
);
