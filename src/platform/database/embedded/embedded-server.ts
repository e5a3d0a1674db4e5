import { chmodSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Log } from '../../log.ts';
import { SetupError } from '../../setup-error.ts';
import { type Account, chooseAccount } from './account.ts';
import { type Binaries, prepareBinaries } from './binaries.ts';
import { clusterFolder, makeCluster, makeFolder, SUPERUSER } from './cluster.ts';
import { FolderInUse, type FolderLock, lockFolder } from './folder-lock.ts';
import { checkOrigin, chooseHome, findHome, rememberHome } from './place.ts';
import {
  forgetPostmaster,
  isPostmasterOf,
  type Listen,
  type Postmaster,
  readPostmaster,
  startPostmaster,
  stopPostmaster,
  waitEnd,
} from './postmaster.ts';
import { type DatabaseSecrets, databaseSecrets } from './secrets.ts';

export type EmbeddedSettings = {
  readonly dataDir: string;
  readonly databaseFolder: string | null;
  readonly databaseAccount: string | null;
  /** Most connections to a server that is started now; 100 unless told. */
  readonly connections?: number;
};

/** The bundled server as its owner process, or a guest of it, sees it. */
export type EmbeddedServer = {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly appPassword: string;
  readonly pid: number;
  /** True when this process holds the data folder and will stop the server; false for a guest. */
  readonly owned: boolean;
  /** Settles when the server is gone without `stop` having been called, and could not be started again. */
  readonly lost: Promise<void>;
  /** Stops the server if it is ours and frees the data folder. */
  stop(): Promise<void>;
};

export type Reporter = {
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Lines for the terminal. */
  readonly say: (line: string) => void;
};

export const DATABASE = 'gongzhi';
export const OWNER = 'gongzhi_owner';
export const APP = 'gongzhi_app';
// Only names the socket: every data folder has its own.
const SOCKET_PORT = 5432;
// A socket's path may have 107 bytes; `/.s.PGSQL.5432` takes 14 of them.
const SOCKET_FOLDER_LIMIT = 90;

/**
 * Takes the data folder and brings its database up. Throws `FolderInUse` when another process has the folder. A server
 * that an earlier, killed process left behind is taken over, or stopped when it is of another version; both are said.
 */
export async function startEmbedded(settings: EmbeddedSettings, report: Reporter): Promise<EmbeddedServer> {
  makeDataFolder(settings.dataDir);
  const locks: FolderLock[] = [lockFolder(settings.dataDir)];
  const release = () => {
    for (const lock of locks.toReversed()) lock.release();
  };
  try {
    const { home, account } = openHome(settings, report);
    const databaseExists = existsSync(clusterFolder(home));
    const secrets = databaseSecrets(settings.dataDir, { databaseExists });
    // A copied data folder could point to the same database, so that folder is taken as well.
    locks.push(lockFolder(join(home, 'in-use')));
    checkOrigin(settings.dataDir, home);
    const binaries = prepareBinaries(account, home);
    rememberHome(settings.dataDir, home);
    await makeCluster(home, binaries, account, { password: secrets.superuser });
    const listen = socketOf(home, account) ?? { host: '127.0.0.1', port: await freePort() };
    const more = { settings: { max_connections: String(settings.connections ?? 100) } };
    const start = { home, binaries, account, listen, ...more };
    const server = (await takeOver(home, binaries, secrets, report)) ?? (await startPostmaster(start));
    await ensureOwner(server.listen, secrets);
    const again = () => restart({ ...start, listen: server.listen });
    return ownedServer(server, again, secrets, report, release);
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Joins the server of a data folder that another process holds, for a command that runs beside the platform. Null when
 * no server runs there.
 */
export function joinEmbedded(settings: EmbeddedSettings): EmbeddedServer | null {
  const home = findHome(settings.dataDir);
  const running = home === null ? null : readPostmaster(home);
  if (home === null || running === null || !running.ready || !isPostmasterOf(running.pid, home)) return null;
  return {
    ...addresses(running.listen, databaseSecrets(settings.dataDir)),
    pid: running.pid,
    owned: false,
    lost: waitEnd(running.pid),
    stop: async () => {},
  };
}

/** Root's may be passed through by others but not listed: the server's account has to reach its folder inside. */
function makeDataFolder(dataDir: string): void {
  if (existsSync(dataDir)) return;
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
}

function openHome(settings: EmbeddedSettings, report: Reporter): { home: string; account: Account } {
  const known = findHome(settings.dataDir);
  if (known !== null && !existsSync(known)) {
    throw new SetupError(
      `The database of ${settings.dataDir} should lie in ${known}, and that folder is not there. ` +
        'Put it back, or restore a backup into a new data folder.',
    );
  }
  const account = chooseAccount(clusterFolder(known ?? join(settings.dataDir, 'postgres')), settings.databaseAccount);
  const home = known ?? chooseHome(settings, account);
  makeFolder(home, account);
  if (known === null && !home.startsWith(settings.dataDir)) {
    report.say(`The database lies in ${home}, since its account cannot enter ${settings.dataDir}.`);
  }
  return { home: realpathSync(home), account };
}

function socketOf(home: string, account: Account): Listen | null {
  const folder = join(home, 'socket');
  if (Buffer.byteLength(folder) > SOCKET_FOLDER_LIMIT) return null;
  makeFolder(folder, account);
  return { host: folder, port: SOCKET_PORT };
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** A server that is still running in the cluster, or null; nobody but us holds the folder, so it is an orphan. */
async function takeOver(
  home: string,
  binaries: Binaries,
  secrets: DatabaseSecrets,
  report: Reporter,
): Promise<Postmaster | null> {
  const left = readPostmaster(home);
  if (left === null) return null;
  const orphan = { pid: left.pid, listen: left.listen, ended: waitEnd(left.pid) };
  const version = await askVersion(left.listen, secrets);
  if (version === null && !isPostmasterOf(left.pid, home)) {
    forgetPostmaster(home, left.pid);
    tell(report, 'The database was not shut down last time; it now replays its log. Nothing acknowledged is lost.');
    return null;
  }
  if (version !== null && binaries.version.includes(` ${version}`)) {
    tell(report, `Took over the database server (process ${left.pid}) that an earlier run left behind.`);
    return orphan;
  }
  const how = await stopPostmaster(orphan);
  tell(report, `Stopped the database server (process ${left.pid}) that an earlier run left behind (${how}).`);
  return null;
}

function tell(report: Reporter, line: string): void {
  report.log.warn(line);
  report.say(line);
}

/** Version of the server that answers there, e.g. `18.4`; null when none does. */
async function askVersion(listen: Listen, secrets: DatabaseSecrets): Promise<string | null> {
  const client = new pg.Client({
    connectionString: url(listen, SUPERUSER, secrets.superuser, 'postgres'),
    connectionTimeoutMillis: 5000,
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version.split(' ')[0] ?? null;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The role that owns the database, and the database. The superuser is used for nothing else. */
export async function ensureOwner(listen: Listen, secrets: DatabaseSecrets): Promise<void> {
  const client = new pg.Client({ connectionString: url(listen, SUPERUSER, secrets.superuser, 'postgres') });
  await client.connect();
  try {
    const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [OWNER]);
    if (role.rowCount === 0) {
      await client.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD ${pg.escapeLiteral(secrets.owner)}`);
    }
    const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
  } finally {
    await client.end();
  }
}

/** Starts a server that ended by itself; its log is replayed, so nothing acknowledged is lost. */
async function restart(options: Parameters<typeof startPostmaster>[0]): Promise<Postmaster> {
  const left = readPostmaster(options.home);
  if (left !== null) forgetPostmaster(options.home, left.pid);
  return startPostmaster(options);
}

/** How often in an hour a server that ends is started again; one that falls over at once has something to say. */
const RESTARTS_AN_HOUR = 20;
const HOUR_MS = 3_600_000;

function ownedServer(
  first: Postmaster,
  again: () => Promise<Postmaster>,
  secrets: DatabaseSecrets,
  report: Reporter,
  release: () => void,
): EmbeddedServer {
  let server = first;
  let stopping = false;
  let stopped: Promise<void> | null = null;
  let starting: Promise<unknown> = Promise.resolve();
  const restarts: number[] = [];
  /** Keeps the server alive until it is to stop; returns when it cannot. */
  async function keepAlive(): Promise<void> {
    for (;;) {
      await server.ended;
      const recent = restarts.filter((at) => at > performance.now() - HOUR_MS);
      if (stopping || recent.length >= RESTARTS_AN_HOUR) return;
      restarts.push(performance.now());
      tell(report, 'The database server is gone; it is started again and replays its log.');
      const attempt = again();
      starting = attempt.catch(() => undefined);
      try {
        server = await attempt;
      } catch (error) {
        tell(report, (error as Error).message);
        return;
      }
      tell(report, `The database server works again (process ${server.pid}).`);
    }
  }
  async function stop(): Promise<void> {
    await starting;
    const how = await stopPostmaster(server);
    if (how === 'killed')
      tell(report, 'The database server did not stop in time and was ended; it will replay its log.');
    release();
  }
  return {
    ...addresses(first.listen, secrets),
    get pid() {
      return server.pid;
    },
    owned: true,
    lost: new Promise((resolve) => {
      void keepAlive().then(() => {
        if (!stopping) resolve();
      });
    }),
    stop() {
      stopping = true;
      stopped ??= stop();
      return stopped;
    },
  };
}

function addresses(listen: Listen, secrets: DatabaseSecrets) {
  return {
    ownerUrl: url(listen, OWNER, secrets.owner, DATABASE),
    appUrl: url(listen, APP, secrets.app, DATABASE),
    appPassword: secrets.app,
  };
}

/** A connection address; a socket's folder goes into the query, where the driver looks for it. */
export function url(listen: Listen, user: string, password: string, database: string): string {
  const place = listen.host.startsWith('/')
    ? `/${database}?host=${encodeURIComponent(listen.host)}&port=${listen.port}`
    : `${listen.host}:${listen.port}/${database}`;
  return `postgres://${user}:${encodeURIComponent(password)}@${place}`;
}

export { FolderInUse };
