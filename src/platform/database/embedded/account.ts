import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { SetupError } from '../../setup-error.ts';

/** Whom the server runs as; null is the account that runs us. PostgreSQL refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number } | null;

/** spawn options for an account; none for our own. */
export function asAccount(account: Account): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {};
}

/**
 * The account for the server. The owner of an existing cluster stays its owner; a new one goes to the configured
 * account, to `gongzhi` if the machine has it, or to `nobody`.
 */
export function chooseAccount(cluster: string, configured: string | null): Account {
  if (process.getuid?.() !== 0) return null;
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  const accounts = readAccounts();
  if (configured !== null) {
    const found = accounts.get(configured);
    if (!found) throw new SetupError(`There is no account ${configured} on this machine (GONGZHI_DATABASE_ACCOUNT).`);
    if (found.uid === 0)
      throw new SetupError('PostgreSQL does not run as root: name another GONGZHI_DATABASE_ACCOUNT.');
    return found;
  }
  return accounts.get('gongzhi') ?? accounts.get('nobody') ?? { uid: 65534, gid: 65534 };
}

function readAccounts(): Map<string, { uid: number; gid: number }> {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  return new Map(
    lines.flatMap((line) => {
      const [name, , uid, gid] = line.split(':');
      return name && uid && gid ? [[name, { uid: Number(uid), gid: Number(gid) }] as const] : [];
    }),
  );
}

/** Whether the account can enter the folder; asked of the system itself, which knows modes, lists and mounts. */
export function canEnter(account: Account, folder: string): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    ...asAccount(account),
    cwd: '/',
    stdio: 'ignore',
  });
  return status === 0;
}

/** Whether the account can read the file. */
export function canRead(account: Account, file: string): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'test -r "$1"', 'sh', file], {
    ...asAccount(account),
    cwd: '/',
    stdio: 'ignore',
  });
  return status === 0;
}
