import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pino } from 'pino';
import { readKeys } from '../modules/ledger/index.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { readBackupKey } from '../platform/backup/key.ts';
import { restoreBackup } from '../platform/backup/restore.ts';
import { writeBackup } from '../platform/backup/write-backup.ts';
import { type Arguments, loadConfig } from '../platform/config/config.ts';
import { openDatabase } from '../platform/database/open-database.ts';
import { SetupError } from '../platform/setup-error.ts';
import { withBar } from './bar.ts';
import { holds, report, verifyAll } from './verify.ts';

type Say = (line: string) => void;

const tell: Say = (line) => process.stderr.write(`${line}\n`);
const quietLog = () => pino({ level: 'warn', base: null }, pino.destination(2));

function keyOf(flags: Arguments['flags']) {
  return readBackupKey({ keyFile: flags.get('key-file'), passphraseFile: flags.get('passphrase-file') });
}

/** `backup --out FILE [--key-file F | --passphrase-file F] [--with-keys]`; beside the running platform or without it. */
export async function backupCommand({ flags }: Arguments, say: Say): Promise<number> {
  const config = loadConfig(process.env, flags);
  const out = flags.get('out');
  if (!out) throw new SetupError('backup: name the file with --out');
  const key = await keyOf(flags);
  await mkdir(dirname(resolve(out)), { recursive: true });
  const opened = await openDatabase(config, { log: quietLog(), say: tell, mode: 'join' });
  try {
    const started = performance.now();
    const withKeys = flags.has('with-keys');
    const done = await withBar('backup', flags.has('json'), (progress) =>
      writeBackup({
        ownerUrl: opened.ownerUrl,
        tenant: config.tenant,
        dataDir: config.dataDir,
        historyFolder: config.historyFolder,
        out: resolve(out),
        key,
        withKeys,
        now: new Date(),
        progress,
      }),
    );
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    if (flags.has('json')) say(JSON.stringify({ ...done, seconds }));
    else {
      say(`${done.tables} tables, ${done.rows} rows, ${done.files} files, ${megabytes(done.bytes)} MB in ${seconds} s`);
      say(key === null ? 'not encrypted: keep it as closely as the platform itself' : 'encrypted');
      say(withKeys ? 'KEYS INCLUDED: whoever has this file can read everything' : KEYS_APART);
    }
    return 0;
  } finally {
    await opened.close();
  }
}

const KEYS_APART =
  'keys not included: keep copies of the folder keys (master.key, signing key) elsewhere; without them names and phones stay sealed';

/** `restore FILE --into FOLDER|DATABASE_URL [--key-file F | --passphrase-file F]`; ends with verify. */
export async function restoreCommand({ words, flags }: Arguments, say: Say): Promise<number> {
  const file = words[1];
  const into = flags.get('into');
  if (!file || !into)
    throw new SetupError('restore: name the backup, and its target with --into FOLDER or --into postgres://…');
  const toDatabase = /^postgres(ql)?:\/\//.test(into);
  const given = new Map([...flags, toDatabase ? ['database-url', into] : ['data', into]]);
  const loaded = loadConfig(process.env, given);
  // A DATABASE_URL of the environment is that of the running platform, not of this target.
  const config = toDatabase ? loaded : { ...loaded, databaseUrl: null, appDatabaseUrl: null };
  const started = performance.now();
  const key = await keyOf(flags);
  const log = quietLog();
  const done = await withBar('restore', false, (progress) =>
    restoreBackup({ file: resolve(file), key, config, log, say: tell, progress }),
  );
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  say(`${done.tables} tables, ${done.rows} rows, ${done.files} files as of ${done.createdAt}, in ${seconds} s`);
  if (!done.withKeys) {
    const folder = resolve(config.dataDir, 'keys');
    say(`the keys were not in the backup: put your copies into ${folder} before the start`);
  }
  return verifyRestored({ ...config, tenant: done.tenant }, say);
}

async function verifyRestored(config: ReturnType<typeof loadConfig>, say: Say): Promise<number> {
  // Opening brings the tables up to this version.
  const opened = await openDatabase(config, { log: quietLog(), say: tell, mode: 'own' });
  try {
    const actor = systemActor(config.tenant, 'verify');
    const mirrors = existsSync(config.historyFolder) ? [config.historyFolder] : [];
    const keys = await readKeys(config.historyFolder);
    const found = await verifyAll((work) => opened.database.read(actor, work), actor, { keys, mirrors, bar: false });
    for (const line of report(found, false)) say(line);
    return holds(found) ? 0 : 1;
  } finally {
    await opened.close();
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 100_000) / 10;
}
