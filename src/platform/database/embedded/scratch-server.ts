import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canEnter, chooseAccount } from './account.ts';
import { installedBinaries, prepareBinaries } from './binaries.ts';
import { makeCluster, makeFolder, SUPERUSER } from './cluster.ts';
import { APP, ensureOwner, OWNER, url } from './embedded-server.ts';
import { isAlive, isPostmasterOf, readPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts';

const PREFIX = 'gongzhi-scratch-';
/** Files in memory, on Linux: a database is copied there in a tenth of the time. */
const MEMORY = '/dev/shm';

/** A server for tests and for working out the schema: nothing in it survives, so it does not wait for the disk. */
export type ScratchServer = {
  readonly superuserUrl: (database: string) => string;
  readonly ownerUrl: (database: string) => string;
  readonly appUrl: (database: string) => string;
  readonly appPassword: string;
  readonly major: number;
  /** Ends it as a crash would; `start` brings it back. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type ScratchSettings = {
  /** A PostgreSQL of the machine in place of the bundled one, e.g. `/usr/lib/postgresql/15`. */
  readonly installed?: string | null;
  /** Settings of the server beside or in place of the quick ones. */
  readonly settings?: Readonly<Record<string, string>>;
};

export async function startScratchServer(settings: ScratchSettings = {}): Promise<ScratchServer> {
  const account = chooseAccount('', null);
  const folders = [tmpdir(), '/tmp', '/var/tmp'].filter((folder) => existsSync(folder) && canEnter(account, folder));
  const [disk] = folders;
  if (disk === undefined) throw new Error(`the database's account cannot enter ${tmpdir()}`);
  for (const folder of [MEMORY, ...folders]) sweep(folder);
  const home = makeScratch(hasRoom(MEMORY) && canEnter(account, MEMORY) ? MEMORY : disk);
  // Programs may not run from memory on some machines.
  const copies = makeScratch(disk);
  makeFolder(home, account);
  chmodSync(copies, 0o755);
  const secrets = { superuser: 'scratch', owner: 'scratch', app: 'scratch' };
  const binaries = settings.installed
    ? installedBinaries(settings.installed, account)
    : prepareBinaries(account, copies);
  await makeCluster(home, binaries, account, { password: secrets.superuser, quick: true });
  const listen = { host: join(home, 'socket'), port: 5432 };
  makeFolder(listen.host, account);
  const options = {
    home,
    binaries,
    account,
    listen,
    settings: {
      shared_buffers: '128MB',
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: '300',
      autovacuum: 'off',
      wal_level: 'minimal',
      max_wal_senders: '0',
      max_wal_size: '128MB',
      ...settings.settings,
    },
  };
  let server = await startPostmaster(options);
  await ensureOwner(listen, secrets);
  return {
    superuserUrl: (database) => url(listen, SUPERUSER, secrets.superuser, database),
    ownerUrl: (database) => url(listen, OWNER, secrets.owner, database),
    appUrl: (database) => url(listen, APP, secrets.app, database),
    appPassword: secrets.app,
    major: binaries.major,
    async kill() {
      process.kill(server.pid, 'SIGKILL');
      await server.ended;
    },
    async start() {
      server = await startPostmaster(options);
    },
    async stop() {
      await stopPostmaster(server, { mode: 'immediate' });
      for (const folder of [home, copies]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeScratch(root: string): string {
  const folder = mkdtempSync(join(root, PREFIX));
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return folder;
}

/** Room for a test run's databases, each of which takes about ten megabytes until it is dropped. */
function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > 4_000_000_000;
}

/** Ends and removes what runs that were killed have left. */
function sweep(root: string): void {
  if (!existsSync(root)) return;
  for (const name of readdirSync(root)) {
    const home = join(root, name);
    if (!name.startsWith(PREFIX) || !existsSync(join(home, 'pid'))) continue;
    if (process.getuid && statSync(home).uid !== process.getuid() && process.getuid() !== 0) continue;
    if (isAlive(Number(readFileSync(join(home, 'pid'), 'utf8')))) continue;
    const left = readPostmaster(home);
    if (left && isPostmasterOf(left.pid, home)) process.kill(left.pid, 'SIGQUIT');
    rmSync(home, { recursive: true, force: true });
  }
}
