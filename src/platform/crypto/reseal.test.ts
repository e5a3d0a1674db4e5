import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { systemActor } from '../auth/actor.ts';
import { loadConfig } from '../config/config.ts';
import { quietLog, type TestDatabase, testDatabase } from '../testing/database.ts';
import { testWrapper } from '../testing/keys.ts';
import { cipherOf } from './cipher.ts';
import { createVault, type ManagedVault } from './create-vault.ts';
import { databaseKeyStore, listKeys } from './key-store.ts';
import { openWrapper } from './open-wrapper.ts';
import { countOutdated, resealAll, type SealedTable } from './reseal.ts';
import { makeNextMasterKey, promoteNextMasterKey, rewrapKeys } from './rewrap.ts';

const TENANT = 421181;
const actor = systemActor(TENANT, 'test');
const PEOPLE = 450;
/** Real columns of the platform's own: a name sealed, an index of it in a text column. */
const TABLE: SealedTable = {
  table: 'platform.file',
  key: ['id'],
  sealed: ['name'],
  context: (column, row) => `file:${row.id}:${column}`,
  indexes: [{ column: 'created_by', of: 'name', make: (vault, plain) => vault.blindIndex(TENANT, 'name', plain) }],
};

let data: TestDatabase;
let folder: string;
beforeAll(async () => {
  data = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'gongzhi-reseal-'));
});
afterAll(async () => {
  await data.close();
  await rm(folder, { recursive: true, force: true });
});

const wrapper = await testWrapper();
const openVault = (cipher: 'aes-256-gcm' | 'sm4-ctr' = 'aes-256-gcm') =>
  createVault({ wrapper, tenant: TENANT, dataKeys: databaseKeyStore(data.database), cipher: cipherOf(cipher) });
const parts = (vault: ManagedVault) => {
  return { database: data.database, vault, tables: [TABLE], now: () => new Date(), log: quietLog };
};
const left = async (vault: ManagedVault) => {
  const counts = await data.database.read(actor, (tx) => countOutdated(tx, TENANT, [TABLE], vault.current()));
  return counts.get(TABLE.table);
};
const retired = async () => {
  const keys = await data.database.read(actor, (tx) => listKeys(tx, TENANT));
  return keys.filter((key) => key.retiredAt).map((key) => `${key.purpose}:${key.version}`);
};

async function fill(vault: ManagedVault): Promise<void> {
  const rows = Array.from({ length: PEOPLE }, (_, at) => {
    const id = crypto.randomUUID();
    const name = `人${at}`;
    const sealed = vault.seal(TENANT, name, `file:${id}:name`);
    return sql`(${TENANT}, ${id}, ${'00'}, ${Buffer.of(1)}, ${'00'}, 1, 'text/plain', ${sealed}, ${new Date()},
      ${vault.blindIndex(TENANT, 'name', name)}, 'system')`;
  });
  await data.database.transact(actor, (tx) =>
    sql`INSERT INTO platform.file (tenant_id, id, sha256, salt, commitment, size, type, name, created_at, created_by,
      created_kind) VALUES ${sql.join(rows)}`.execute(tx),
  );
}

async function expectAllReadable(vault: ManagedVault): Promise<void> {
  const { rows } = await data.database.read(actor, (tx) =>
    sql<{ id: string; name: Buffer; created_by: string }>`SELECT id, name, created_by FROM platform.file`.execute(tx),
  );
  const names = rows.map((row) => vault.open(TENANT, row.name, `file:${row.id}:name`));
  expect(new Set(names).size).toBe(PEOPLE);
  rows.forEach((row, at) => {
    expect(vault.blindIndexes(TENANT, 'name', names[at] ?? '')).toContain(row.created_by);
  });
}

describe('a rotation', () => {
  test('seals everything anew in batches, and retires a key only when nothing is left under it', async () => {
    const vault = await openVault();
    await fill(vault);
    expect(await left(vault)).toBe(0);
    await vault.rotate('seal', 0);
    expect(await left(vault)).toBe(PEOPLE);
    let batches = 0;
    expect(await resealAll(parts(vault), () => batches++ >= 1)).toBe(200);
    expect(await retired()).toEqual([]);
    await expectAllReadable(vault);
    // Another process goes on where this one stopped.
    const other = await openVault();
    expect(await resealAll(parts(other))).toBe(PEOPLE - 200);
    expect(await left(other)).toBe(0);
    expect(await retired()).toEqual(['seal:1']);
    await expectAllReadable(other);
    expect(await resealAll(parts(other))).toBe(0);
  });

  test('of the index key rewrites every index', async () => {
    const vault = await openVault();
    await vault.rotate('index', 0);
    expect(await left(vault)).toBe(PEOPLE);
    await resealAll(parts(vault));
    expect(await left(vault)).toBe(0);
    expect(await retired()).toEqual(['index:1', 'seal:1']);
    await vault.refresh();
    expect(vault.blindIndexes(TENANT, 'name', '人1')).toHaveLength(1);
    await expectAllReadable(vault);
  });

  test('of the cipher is a rotation, too: what AES sealed is sealed with SM4', async () => {
    const vault = await openVault('sm4-ctr');
    expect(await left(vault)).toBe(PEOPLE);
    await resealAll(parts(vault));
    expect(await left(vault)).toBe(0);
    await expectAllReadable(vault);
    const back = await openVault('aes-256-gcm');
    await expectAllReadable(back);
    await resealAll(parts(back));
    expect(await left(back)).toBe(0);
  });
});

describe('a new master key', () => {
  test('wraps every key anew in one step; the former one opens nothing any more', async () => {
    const config = loadConfig({ GONGZHI_DATA: folder });
    const before = await openWrapper(config);
    const former = await readFile(config.masterKeyFile, 'utf8');
    const database = data.database;
    const tenant = 330100;
    const vault = await createVault({ wrapper: before, tenant, dataKeys: databaseKeyStore(database) });
    const sealed = vault.seal(tenant, '汪秀英', 'x');
    await makeNextMasterKey(config.masterKeyFile);
    const next = await readFile(join(folder, 'keys', 'master.next.key'), 'utf8');
    const both = await openWrapper({ ...config, masterKey: next.trim(), previousMasterKey: former.trim() });
    const system = systemActor(tenant, 'test');
    expect(await database.transact(system, (tx) => rewrapKeys(tx, both, tenant))).toBe(3);
    // A crash here leaves two files; either start finds the key that opens.
    await createVault({ wrapper: await openWrapper(config), tenant, dataKeys: databaseKeyStore(database) });
    await promoteNextMasterKey(config.masterKeyFile);
    expect(await readFile(config.masterKeyFile, 'utf8')).toBe(next);
    expect((await stat(config.masterKeyFile)).mode & 0o777).toBe(0o600);
    const after = await createVault({
      wrapper: await openWrapper(config),
      tenant,
      dataKeys: databaseKeyStore(database),
    });
    expect(after.open(tenant, sealed, 'x')).toBe('汪秀英');
    const old = await testWrapper(Buffer.from(former, 'base64'));
    await expect(createVault({ wrapper: old, tenant, dataKeys: databaseKeyStore(database) })).rejects.toThrow(
      'does not fit',
    );
    // A process that still holds the former key alone learns of the new one when it meets a key wrapped by it.
    await after.rotate('seal', 0);
    await vault.refresh();
    expect(vault.open(tenant, after.seal(tenant, '新', 'y'), 'y')).toBe('新');
  });
});
