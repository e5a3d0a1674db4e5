import { joinEmbedded } from '../src/platform/database/embedded/embedded-server.ts';
import { databaseSecrets } from '../src/platform/database/embedded/secrets.ts';

/** Addresses of the bundled server that runs in a data folder, for measuring alone. */
export function addressesOf(dataDir: string): {
  readonly superuser: string;
  readonly app: string;
  readonly socket: string;
} {
  const server = joinEmbedded({ dataDir, databaseFolder: null, databaseAccount: null });
  if (!server) throw new Error(`no database runs in ${dataDir}`);
  const { superuser } = databaseSecrets(dataDir);
  const address = server.ownerUrl.replace(
    /^postgres:\/\/[^@]*@/,
    `postgres://postgres:${encodeURIComponent(superuser)}@`,
  );
  const socket =
    new URL(server.ownerUrl.replace(/^postgres:\/\/[^/]*\//, 'http://local/')).searchParams.get('host') ?? '';
  return { superuser: address, app: server.appUrl, socket };
}
