import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canEnter, chooseAccount } from './account.ts';
import { installedBinaries, prepareBinaries } from './binaries.ts';
import { clusterFolder, makeCluster, makeFolder, SUPERUSER } from './cluster.ts';
import { APP, ensureOwner, OWNER, url } from './embedded-server.ts';
import { isAlive, isPostmasterOf, readPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts';

const PREFIX = 'gongzhi-scratch-';

/** A server for tests and for working out the schema: nothing in it survives, so it does not wait for the disk. */
export type ScratchServer = {
  readonly superuserUrl: (database: string) => string;
  readonly ownerUrl: (database: string) => string;
  readonly appUrl: (database: string) => string;
  readonly appPassword: string;
  readonly major: number;
  stop(): Promise<void>;
};

export type ScratchSettings = {
  /** A PostgreSQL of the machine in place of the bundled one, e.g. `/usr/lib/postgresql/15`. */
  readonly installed?: string | null;
};

export async function startScratchServer(settings: ScratchSettings = {}): Promise<ScratchServer> {
  const account = chooseAccount('', null);
  const root = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => existsSync(folder) && canEnter(account, folder));
  if (root === undefined) throw new Error(`the database's account cannot enter ${tmpdir()}`);
  sweep(root);
  const home = mkdtempSync(join(root, PREFIX));
  writeFileSync(join(home, 'pid'), String(process.pid));
  makeFolder(home, account);
  const secrets = { superuser: 'scratch', owner: 'scratch', app: 'scratch' };
  const binaries = settings.installed ? installedBinaries(settings.installed, account) : prepareBinaries(account, home);
  await makeCluster(home, binaries, account, { password: secrets.superuser, quick: true });
  const listen = { host: join(home, 'socket'), port: 5432 };
  makeFolder(listen.host, account);
  const server = await startPostmaster({
    home,
    binaries,
    account,
    listen,
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: '300',
      autovacuum: 'off',
      wal_level: 'minimal',
      max_wal_senders: '0',
    },
  });
  await ensureOwner(listen, secrets);
  return {
    superuserUrl: (database) => url(listen, SUPERUSER, secrets.superuser, database),
    ownerUrl: (database) => url(listen, OWNER, secrets.owner, database),
    appUrl: (database) => url(listen, APP, secrets.app, database),
    appPassword: secrets.app,
    major: binaries.major,
    async stop() {
      await stopPostmaster(server, { mode: 'immediate' });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Ends and removes what runs that were killed have left. */
function sweep(root: string): void {
  for (const name of readdirSync(root)) {
    const home = join(root, name);
    if (!name.startsWith(PREFIX) || !existsSync(join(home, 'pid'))) continue;
    if (process.getuid && statSync(home).uid !== process.getuid() && process.getuid() !== 0) continue;
    if (isAlive(Number(readFileSync(join(home, 'pid'), 'utf8')))) continue;
    const left = readPostmaster(home);
    if (left && isPostmasterOf(left.pid, home)) process.kill(left.pid, 'SIGQUIT');
    if (existsSync(clusterFolder(home))) rmSync(home, { recursive: true, force: true });
  }
}
