import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Module, route } from '../app.ts';
import { authModule } from '../auth/module.ts';
import { createDatabase } from '../database/create-database.ts';
import { type ScratchServer, startScratchServer } from '../database/embedded/scratch-server.ts';
import { migrate } from '../database/migrate.ts';
import { jsonb } from '../database/values.ts';
import { filesModule } from '../files/index.ts';
import { defineTexts } from '../i18n/texts.ts';
import { quietLog } from '../testing/quiet-log.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { defineContract } from './contract.ts';

const TENANT = 421181;
const body = z.strictObject({ key: z.string(), size: z.number().default(1) });
const file = defineContract({
  ...{ id: 'made.file', method: 'POST', path: '/api/public/made', summary: 'Stores something' },
  ...{ access: { kind: 'public' }, effect: 'write', body, answer: z.unknown(), status: 201, refusals: [] },
} as const);
const module: Module = {
  ...{ name: 'made', texts: defineTexts({ 'zh-CN': {}, en: {} }), refusals: {}, grants: {} },
  contracts: [file],
  routes: () => [
    route(file, async ({ tx, body: { key, size } }) => {
      const value = jsonb(randomBytes(size).toString('base64'));
      await tx
        .insertInto('platform.setting')
        .values({ tenant_id: TENANT, key, valid_from: new Date(0), value })
        .execute();
      return { key };
    }),
  ],
};

let server: ScratchServer;
let admin: pg.Client;
let app: TestApp;
let cookie: string;

beforeAll(async () => {
  server = await startScratchServer({
    settings: { wal_level: 'replica', max_wal_senders: '2', synchronous_commit: 'on' },
  });
  await migrate({ ownerUrl: server.ownerUrl('gongzhi'), appPassword: server.appPassword });
  const appUrl = server.appUrl('gongzhi');
  const database = createDatabase({ url: appUrl, poolSize: 4, log: quietLog, patience: 1500 });
  const data = { database, ownerUrl: server.ownerUrl('gongzhi'), appUrl, close: () => database.close() };
  app = await testApp({ modules: [authModule, filesModule, module], data });
  ({ cookie } = await app.signIn('clerk', []));
  await connectAdmin();
}, 120_000);
afterAll(async () => {
  await admin.end();
  await app.close();
  await server.stop();
});

async function connectAdmin(): Promise<void> {
  admin = new pg.Client({ connectionString: server.superuserUrl('gongzhi') });
  admin.on('error', () => undefined);
  await admin.connect();
}

async function ask(method: 'GET' | 'POST', url: string, payload?: object, headers: Record<string, string> = {}) {
  const answer = await app.server.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, code: answer.json().code, retryAfter: answer.headers['retry-after'] };
}
const submit = (key: string, size?: number) =>
  ask('POST', '/api/public/made', size ? { key, size } : { key }, { 'idempotency-key': `key-of-${key}` });
const counted = async (key: string) =>
  (await admin.query('SELECT FROM platform.setting WHERE key = $1', [key])).rowCount;
/** Ends everybody's connections, so that changed settings of the database hold for the next ones. */
const reconnectAll = () =>
  admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'gongzhi_app'`);

describe('a database server that is gone', () => {
  test('is said: filings are put off, nobody is signed out, and it is used again when it is back', async () => {
    await server.kill();
    const began = performance.now();
    expect(await submit('away')).toMatchObject({ status: 503, code: 'http.unavailable', retryAfter: '5' });
    expect(performance.now() - began).toBeLessThan(4000);
    expect(await ask('GET', '/api/auth/me', undefined, { cookie })).toMatchObject({ status: 503 });
    expect(await ask('GET', '/api/health')).toMatchObject({ status: 200 });
    expect(await ask('GET', '/api/ready')).toMatchObject({ status: 503 });
    // Nobody waits any more for one that stays away.
    const second = performance.now();
    expect(await submit('away')).toMatchObject({ status: 503 });
    expect(performance.now() - second).toBeLessThan(1000);

    await server.start();
    await connectAdmin();
    expect(await ask('GET', '/api/ready')).toMatchObject({ status: 200 });
    expect(await submit('away')).toMatchObject({ status: 201 });
    expect(await ask('GET', '/api/auth/me', undefined, { cookie })).toMatchObject({ status: 200 });
  }, 60_000);

  test('for a moment is not noticed by who files meanwhile', async () => {
    await server.kill();
    const filed = submit('meanwhile');
    await server.start();
    expect(await filed).toMatchObject({ status: 201 });
    await connectAdmin();
    expect(await counted('meanwhile')).toBe(1);
  }, 60_000);
});

test('a commit that was not confirmed is no acknowledgement, nor is its repetition until it holds', async () => {
  await admin.query("ALTER SYSTEM SET synchronous_standby_names = 'nobody_there'");
  await admin.query('SELECT pg_reload_conf()');
  const first = submit('unknown');
  await interruptCommit();
  expect(await first).toMatchObject({ status: 503, code: 'http.outcome_unknown', retryAfter: '5' });
  // The row is here, so the repetition finds its answer; it must wait for the standby all the same.
  const second = submit('unknown');
  await interruptCommit();
  expect(await second).toMatchObject({ status: 503, code: 'http.outcome_unknown' });

  await admin.query('ALTER SYSTEM RESET synchronous_standby_names');
  await admin.query('SELECT pg_reload_conf()');
  expect(await submit('unknown')).toMatchObject({ status: 201 });
  expect(await counted('unknown')).toBe(1);
}, 60_000);

async function interruptCommit(): Promise<void> {
  for (;;) {
    const { rows } = await admin.query(`SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);
    if (rows[0]) return void (await admin.query('SELECT pg_cancel_backend($1)', [rows[0].pid]));
  }
}

test('a database that became read-only is said to store nothing, and stores again afterwards', async () => {
  await admin.query('ALTER DATABASE gongzhi SET default_transaction_read_only = on');
  await reconnectAll();
  expect(await submit('standby')).toMatchObject({ status: 503, code: 'http.not_stored', retryAfter: '60' });
  await admin.query('SET default_transaction_read_only = off');
  await admin.query('ALTER DATABASE gongzhi RESET default_transaction_read_only');
  await reconnectAll();
  expect(await submit('standby')).toMatchObject({ status: 201 });
});

/** Only root may mount a small disk; elsewhere the SQLSTATE alone is tried. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'gongzhi-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.skipIf(!mayMount)(
  'a real disk that is full (needs the right to mount one) refuses clearly and recovers',
  async () => {
    const disk = mkdtempSync(join(tmpdir(), 'gongzhi-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=0777', 'tmpfs', disk]);
    try {
      const folder = join(disk, 'space');
      execFileSync('mkdir', ['-m', '0700', folder]);
      execFileSync('chown', ['--reference', await clusterPath(), folder]);
      chmodSync(tmpdir(), 0o1777);
      chmodSync(disk, 0o755);
      await admin.query(`CREATE TABLESPACE small LOCATION '${folder}'`);
      await admin.query('ALTER TABLE platform.setting SET TABLESPACE small');
      let last = await submit('full-0', 20_000);
      for (let index = 1; last.status === 201 && index < 2000; index += 1) last = await submit(`full-${index}`, 20_000);
      expect(last).toMatchObject({ status: 503, code: 'http.not_stored', retryAfter: '60' });
      expect(await ask('GET', '/api/ready')).toMatchObject({ status: 200 });

      await admin.query('ALTER TABLE platform.setting SET TABLESPACE pg_default');
      expect(await submit('room-again', 20_000)).toMatchObject({ status: 201 });
      await admin.query('DROP TABLESPACE small');
    } finally {
      execFileSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  },
  60_000,
);

async function clusterPath(): Promise<string> {
  return (await admin.query<{ data_directory: string }>('SHOW data_directory')).rows[0]?.data_directory ?? '';
}

test.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'])('a folder for files that answers %s', async (code) => {
  const { files } = app.app;
  const full = { ...files, put: () => Promise.reject(Object.assign(new Error(`${code}: /secret/place`), { code })) };
  Object.assign(app.app, { files: full });
  const part =
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.7\n%%EOF\r\n--b--\r\n';
  const answer = await app.server.inject({
    method: 'POST',
    url: '/api/public/files',
    payload: part,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  });
  Object.assign(app.app, { files });
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'http.not_stored']);
  expect(answer.body).not.toMatch(/secret|ENOSPC|EIO/);
});
