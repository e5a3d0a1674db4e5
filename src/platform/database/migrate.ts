import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { SetupError } from '../setup-error.ts';
import { SQLSTATE, sqlState } from './errors.ts';
import { collectMigrations, type Migration, PROJECT } from './migrations.ts';

export type MigrateSettings = {
  /** The role that owns the database. */
  readonly ownerUrl: string;
  /** A password for gongzhi_app; null leaves the role's password as it is. */
  readonly appPassword: string | null;
  readonly migrations?: readonly Migration[];
  /** Told of each migration as it is applied. */
  readonly say?: (line: string) => void;
};

/** An applied migration was changed, or one failed; the message names the file. */
export class MigrationError extends SetupError {
  override readonly name = 'MigrationError';
}

// One number for all installations in a server: two of them never migrate one database at a time.
const LOCK = 4_211_810_001;

/**
 * Brings the database up to date: roles, then each new migration in its own transaction. Only one process migrates at
 * a time; the others wait. Answers the names of the migrations it applied.
 */
export async function migrate(settings: MigrateSettings): Promise<readonly string[]> {
  const migrations = settings.migrations ?? (await collectMigrations());
  const client = new pg.Client({ connectionString: settings.ownerUrl, application_name: 'gongzhi migrate' });
  await connect(client);
  try {
    await takeTurn(client);
    await ensureRoles(client, settings.appPassword);
    await client.query(`
      CREATE SCHEMA IF NOT EXISTS platform;
      CREATE TABLE IF NOT EXISTS platform.migration (
        name text COLLATE "C" PRIMARY KEY,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      )`);
    const applied = await readApplied(client);
    checkUnchanged(migrations, applied);
    const pending = migrations.filter((migration) => !applied.has(migration.name));
    // The disk is waited for once: what commits last takes all that came before it along, and what a power cut took is
    // not in the list of those applied.
    await client.query('SET synchronous_commit = off');
    for (const migration of pending) {
      if (migration === pending.at(-1)) await client.query('RESET synchronous_commit');
      settings.say?.(`migrating: ${migration.name}`);
      await apply(client, migration);
    }
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/**
 * Waits until no other process migrates. By asking again and not inside the server: a statement that waits there holds
 * a snapshot, and an index made CONCURRENTLY waits for the end of all of those.
 */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK]);
    if (rows[0]?.taken) return;
    await setTimeout(50);
  }
}

async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    // An AggregateError, for a name with several addresses, has no message of its own.
    const { message, code } = error as NodeJS.ErrnoException;
    throw new SetupError(`The database at ${client.host}:${client.port} does not let us in: ${message || code}`, {
      cause: error,
    });
  }
}

async function ensureRoles(client: pg.Client, appPassword: string | null): Promise<void> {
  try {
    await client.query(await readFile(join(PROJECT, 'database', 'roles.sql'), 'utf8'));
    if (appPassword !== null) {
      await client.query(`ALTER ROLE gongzhi_app PASSWORD ${pg.escapeLiteral(appPassword)}`);
    }
    await grantDatabase(client);
  } catch (error) {
    if (sqlState(error) !== SQLSTATE.insufficientPrivilege) throw error;
    throw new MigrationError(
      `The role in DATABASE_URL may not set up the role gongzhi_app: ${(error as Error).message}. Give it CREATEROLE ` +
        'and make it the owner of the database; or run database/roles.sql as an administrator, give gongzhi_app a ' +
        'password and set GONGZHI_APP_DATABASE_URL.',
      { cause: error },
    );
  }
}

/** Rights on the database itself; a database made from a template needs them again. */
export async function grantDatabase(client: pg.Client): Promise<void> {
  await client.query(await readFile(join(PROJECT, 'database', 'database.sql'), 'utf8'));
}

async function readApplied(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM platform.migration',
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function checkUnchanged(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const changed = migrations.filter((migration) => {
    const checksum = applied.get(migration.name);
    return checksum !== undefined && checksum !== migration.checksum;
  });
  if (changed.length > 0) {
    throw new MigrationError(
      `Changed after they were applied: ${changed.map((migration) => migration.path).join(', ')}. ` +
        'A migration is never edited; write a new one.',
    );
  }
  const known = new Set(migrations.map((migration) => migration.name));
  const foreign = [...applied.keys()].filter((name) => !known.has(name));
  if (foreign.length > 0) {
    throw new MigrationError(
      `The database has migrations this version does not know: ${foreign.join(', ')}. ` +
        'It was used by a newer version; start that one.',
    );
  }
}

/** First line of a migration whose statements run one by one, each on its own: indexes made CONCURRENTLY. */
const ONE_BY_ONE = '-- one by one: ';

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  if (migration.text.startsWith(ONE_BY_ONE)) return applyOneByOne(client, migration);
  try {
    // A migration that waits behind a long reader would queue everyone else behind itself; rather fail and be repeated.
    await client.query("BEGIN; SET LOCAL lock_timeout = '10s'");
    await client.query(migration.text);
    await client.query('INSERT INTO platform.migration (name, checksum) VALUES ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new MigrationError(`${migration.path}${place(migration.text, error)}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * For tables too large to be locked while an index is built. Nothing undoes what was done when a statement fails, so each
 * can be repeated (IF NOT EXISTS), and what an interrupted one left half made is dropped first.
 */
async function applyOneByOne(client: pg.Client, migration: Migration): Promise<void> {
  // Ends of statements are ends of lines: these files hold no bodies of functions.
  const statements = migration.text.split(/;[ \t]*(?:\r?\n|$)/).filter((statement) => /^\s*[A-Z]/m.test(statement));
  let done = '';
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
       WHERE NOT i.indisvalid AND strpos($1, c.relname) > 0`,
      [migration.text],
    );
    for (const { name } of rows) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
    for (const statement of statements) {
      done = statement;
      await client.query(statement);
    }
    await client.query('INSERT INTO platform.migration (name, checksum) VALUES ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
  } catch (error) {
    throw new MigrationError(`${migration.path}, ${done.trim().split('\n').at(-1)}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** `:line` of a server error inside the file. */
function place(text: string, error: unknown): string {
  const position = Number((error as { position?: string }).position);
  return position > 0 ? `:${text.slice(0, position).split('\n').length}` : '';
}
