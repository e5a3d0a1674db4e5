import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { quietLog } from '../testing/quiet-log.ts';
import { createDatabase } from './create-database.ts';
import type { Database, ReadTx, WriteTx } from './database.ts';
import { type ScratchServer, startScratchServer } from './embedded/scratch-server.ts';
import { CommitUnknown } from './errors.ts';
import { migrate } from './migrate.ts';
import { jsonb } from './values.ts';

const actor = systemActor(421181, 'test');
let server: ScratchServer;
let admin: pg.Client;
let database: Database;

/** A server whose COMMITs wait for a standby that is not there. */
beforeAll(async () => {
  server = await startScratchServer({
    settings: { wal_level: 'replica', max_wal_senders: '2', synchronous_commit: 'on' },
  });
  await migrate({ ownerUrl: server.ownerUrl('gongzhi'), appPassword: server.appPassword });
  admin = new pg.Client({ connectionString: server.superuserUrl('gongzhi') });
  await admin.connect();
  await admin.query("ALTER SYSTEM SET synchronous_standby_names = 'nobody_there'");
  await admin.query('SELECT pg_reload_conf()');
  database = createDatabase({ url: server.appUrl('gongzhi'), poolSize: 2, log: quietLog });
});
afterAll(async () => {
  await database.close();
  await admin.end();
  await server.stop();
});

const put = (tx: WriteTx, key: string) =>
  tx
    .insertInto('platform.setting')
    .values({ tenant_id: 421181, key, valid_from: new Date(0), value: jsonb(true) })
    .execute();
const keys = async (tx: ReadTx) =>
  (await tx.selectFrom('platform.setting').select('key').execute()).map((row) => row.key);

/** Waits until a COMMIT waits for the standby, and does that to its session. */
async function interrupt(how: 'pg_cancel_backend' | 'pg_terminate_backend'): Promise<void> {
  for (;;) {
    const { rows } = await admin.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND backend_type = 'client backend'",
    );
    if (rows[0]) {
      await admin.query(`SELECT ${how}($1)`, [rows[0].pid]);
      return;
    }
  }
}

test.each([
  ['a wait for the standby that was cancelled', 'pg_cancel_backend', 'cancelled'],
  ['a connection lost in the middle of COMMIT', 'pg_terminate_backend', 'lost'],
] as const)('%s is no acknowledgement, and nothing is told to have followed', async (_title, how, key) => {
  let told = false;
  const done = database.transact(actor, async (tx) => {
    database.afterCommit(tx, () => {
      told = true;
    });
    await put(tx, key);
  });
  const interrupted = interrupt(how);

  await expect(done).rejects.toBeInstanceOf(CommitUnknown);
  await interrupted;
  expect(told).toBe(false);
  // Unknown, not failed: here the write holds.
  expect(await database.read(actor, keys)).toContain(key);
});
