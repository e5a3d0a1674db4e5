import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../config/config.ts';
import { startEmbedded } from '../database/embedded/embedded-server.ts';
import { findHome } from '../database/embedded/place.ts';
import { databaseSecrets } from '../database/embedded/secrets.ts';
import { migrate } from '../database/migrate.ts';
import { collectMigrations, type Migration } from '../database/migrations.ts';
import type { Log } from '../log.ts';
import { BackupError } from './backup-error.ts';
import { isEmpty } from './catalogue.ts';
import type { BackupKey } from './frames.ts';
import { loadBackup, migrationsOf, openBackup } from './load-backup.ts';
import type { Totals } from './records.ts';

export type RestoreSettings = {
  readonly file: string;
  readonly key: BackupKey | null;
  /** The new data folder; with `databaseUrl` for files and passwords alone. */
  readonly config: Pick<Config, 'dataDir' | 'databaseUrl' | 'appDatabaseUrl' | 'databaseFolder' | 'databaseAccount'>;
  readonly log: Log;
  readonly say: (line: string) => void;
  readonly progress: (done: number, of: number) => void;
};

export type RestoreReport = Omit<Totals, 'sha256'> & {
  readonly tenant: number;
  readonly createdAt: string;
  readonly withKeys: boolean;
};

/**
 * Restores a backup into a data folder that does not exist yet, or into an empty database. All of it, or nothing: what
 * was made is taken away again when the backup does not hold.
 */
export async function restoreBackup(settings: RestoreSettings): Promise<RestoreReport> {
  const { config } = settings;
  // Before anything is made: is it a backup, does the key fit, does this version know its tables?
  const { manifest } = await openBackup(settings.file, settings.key);
  const migrations = migrationsOf(manifest, await collectMigrations());
  await requireNothing(config.dataDir);
  const existed = existsSync(config.dataDir);
  try {
    return await restoreInto(settings, migrations);
  } catch (error) {
    await takeAway(config.dataDir, existed);
    throw error;
  }
}

async function restoreInto(settings: RestoreSettings, migrations: readonly Migration[]): Promise<RestoreReport> {
  const { config } = settings;
  const target = await reach(settings);
  const client = new pg.Client({ connectionString: target.ownerUrl, application_name: 'gongzhi restore' });
  let made = false;
  try {
    await client.connect();
    if (!(await isEmpty(client))) throw new BackupError('backup.target_not_empty');
    made = true;
    await migrate({ ownerUrl: target.ownerUrl, appPassword: target.appPassword, migrations });
    const backup = await openBackup(settings.file, settings.key, settings.progress);
    const totals = await loadBackup(client, backup, config.dataDir);
    const { tenant, createdAt, withKeys } = backup.manifest;
    return { ...totals, tenant, createdAt, withKeys };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (made) await dropSchemas(client);
    throw error;
  } finally {
    await client.end().catch(() => undefined);
    await target.stop();
  }
}

async function requireNothing(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  if ((await readdir(dataDir)).length > 0) throw new BackupError('backup.target_not_empty', dataDir);
}

async function reach({ config, log, say }: RestoreSettings) {
  if (config.databaseUrl === null) return startEmbedded(config, { log, say });
  const appPassword = config.appDatabaseUrl === null ? databaseSecrets(config.dataDir).app : null;
  return { ownerUrl: config.databaseUrl, appPassword, stop: async () => undefined };
}

/** The folder was empty before, so everything in it, and the database it points to, is of the failed restore. */
async function takeAway(dataDir: string, existed: boolean): Promise<void> {
  const home = existsSync(dataDir) ? findHome(dataDir) : null;
  if (home !== null) await rm(home, { recursive: true, force: true });
  if (!existed) await rm(dataDir, { recursive: true, force: true });
  else for (const name of await readdir(dataDir)) await rm(join(dataDir, name), { recursive: true, force: true });
}

async function dropSchemas(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT format('%I', nspname) AS name FROM pg_namespace
    WHERE nspname NOT IN ('public', 'information_schema') AND nspname NOT LIKE 'pg\\_%' AND nspname NOT LIKE 'citus%'
      AND pg_has_role(nspowner, 'MEMBER')`);
  for (const { name } of rows) await client.query(`DROP SCHEMA ${name} CASCADE`);
}
