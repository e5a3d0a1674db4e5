import pg from 'pg';
import type { Config } from '../config/config.ts';
import { createDatabase } from './create-database.ts';
import type { Database } from './database.ts';
import { type EmbeddedServer, joinEmbedded, type Reporter, startEmbedded } from './embedded/embedded-server.ts';
import { FolderInUse, type FolderLock, lockFolder } from './embedded/folder-lock.ts';
import { databaseSecrets } from './embedded/secrets.ts';
import { migrate } from './migrate.ts';
import { sqlState } from './errors.ts';
import type { Log } from '../log.ts';
import { SetupError } from '../setup-error.ts';

export type OpenDatabase = {
  readonly database: Database;
  /** The role of the application; for what keeps connections of its own (sign-in, LISTEN). */
  readonly appUrl: string;
  /** The owner; for migrations, backup and restore alone. */
  readonly ownerUrl: string;
  /** Names of the migrations that were applied now. */
  readonly migrated: readonly string[];
  /** Settles when the bundled server is gone without having been stopped; never with a server of your own. */
  readonly lost: Promise<void>;
  /** Closes the pool, stops the bundled server if it is ours, frees the data folder. */
  close(): Promise<void>;
};

export type OpenSettings = Pick<
  Config,
  'dataDir' | 'databaseUrl' | 'appDatabaseUrl' | 'databasePool' | 'databaseFolder' | 'databaseAccount'
> &
  Partial<Pick<Config, 'workers'>>;

export type OpenMode = 'own' | 'join' | 'guest';

export type OpenOptions = {
  readonly log: Log;
  readonly say: (line: string) => void;
  /**
   * `own`: take the data folder, or throw `FolderInUse`; for the platform itself. `join`: use the server of the process
   * that has it, else take it; for commands such as the import. `guest`: never take it; for a process of the platform
   * beside the one that opened everything.
   */
  readonly mode: OpenMode;
};

/** Brings the database up (the bundled server, or DATABASE_URL), migrates it and opens the pool. */
export async function openDatabase(settings: OpenSettings, options: OpenOptions): Promise<OpenDatabase> {
  const server = await reach(settings, options);
  try {
    const { ownerUrl, appPassword } = server;
    const migrated = options.mode === 'guest' ? [] : await migrate({ ownerUrl, appPassword, say: options.say });
    if (options.mode !== 'guest') await checkApp(server.appUrl);
    const database = createDatabase({ url: server.appUrl, poolSize: settings.databasePool, log: options.log });
    return {
      database,
      appUrl: server.appUrl,
      ownerUrl: server.ownerUrl,
      migrated,
      lost: server.lost,
      async close() {
        await database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Each process has its pool, four connections for sign-in and two that listen; the rest is for commands. */
function connectionsFor({ workers = 1, databasePool }: OpenSettings): number {
  return Math.max(100, 30 + (workers + 1) * (databasePool + 6));
}

type Reached = Pick<EmbeddedServer, 'ownerUrl' | 'appUrl' | 'lost' | 'stop'> & { readonly appPassword: string | null };

async function reach(settings: OpenSettings, options: OpenOptions): Promise<Reached> {
  const report: Reporter = { log: options.log, say: options.say };
  if (settings.databaseUrl !== null) return reachOwn(settings, settings.databaseUrl, options);
  if (options.mode === 'guest') {
    const joined = joinEmbedded(settings);
    if (joined === null) throw new SetupError(`No database server runs in ${settings.dataDir}.`);
    // Whoever owns the server starts it again; a guest waits for it like for any other.
    return { ...joined, lost: new Promise(() => undefined) };
  }
  try {
    return await startEmbedded({ ...settings, connections: connectionsFor(settings) }, report);
  } catch (error) {
    if (!(error instanceof FolderInUse) || options.mode === 'own') throw error;
    const joined = joinEmbedded(settings);
    if (joined === null) throw error;
    return joined;
  }
}

/**
 * A server of the operator's own. Several platforms may share the data folder with its files and keys; the first one
 * marks it as in use, for commands that want it alone.
 */
function reachOwn(settings: OpenSettings, ownerUrl: string, { mode, say }: OpenOptions): Reached {
  const lock = mode === 'guest' ? null : shareFolder(settings.dataDir, mode === 'own' ? say : () => undefined);
  const appPassword = settings.appDatabaseUrl === null ? databaseSecrets(settings.dataDir).app : null;
  return {
    ownerUrl,
    appUrl: settings.appDatabaseUrl ?? asApp(ownerUrl, appPassword ?? ''),
    appPassword,
    lost: new Promise(() => undefined),
    stop: async () => lock?.release(),
  };
}

function shareFolder(folder: string, say: (line: string) => void): FolderLock | null {
  try {
    return lockFolder(folder);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    say(`shares the data folder ${folder} with ${error.pid === null ? 'another process' : `the process ${error.pid}`}`);
    return null;
  }
}

/** The same address with the application's role and password. */
function asApp(ownerUrl: string, password: string): string {
  const rest = ownerUrl.replace(/^postgres(ql)?:\/\/(?:[^@/?]*@)?/, '');
  return `postgres://gongzhi_app:${encodeURIComponent(password)}@${rest}`;
}

/** Refuses to run as a role that row security does not bind. */
async function checkApp(appUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: appUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ free: boolean }>(
      `SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (
         SELECT FROM pg_namespace n WHERE n.nspname = 'platform' AND pg_has_role(r.oid, n.nspowner, 'MEMBER')) AS free
       FROM pg_roles r WHERE r.rolname = current_user`,
    );
    if (rows[0]?.free !== false) {
      throw new SetupError(
        'GONGZHI_APP_DATABASE_URL names a role that owns the tables or passes row security. Use the role gongzhi_app.',
      );
    }
  } catch (error) {
    // Wrong password, or no such role.
    if (!sqlState(error)?.startsWith('28')) throw error;
    throw new SetupError(
      'The database did not let the role gongzhi_app in. When several machines share one database, set ' +
        `GONGZHI_APP_DATABASE_URL on each of them. (${(error as Error).message})`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
