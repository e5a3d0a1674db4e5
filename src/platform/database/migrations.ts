import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, wherever it was started from. */
export const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

export type Migration = {
  /** File name without folder; its first 14 digits order all migrations of all modules. */
  readonly name: string;
  /** Path from the project, for messages. */
  readonly path: string;
  readonly text: string;
  readonly checksum: string;
};

const NAME = /^\d{14}_[a-z0-9_]+\.sql$/;

/** Every migration of the platform and the modules, in the one order they run in. */
export async function collectMigrations(project: string = PROJECT): Promise<readonly Migration[]> {
  const paths = [
    ...(await sqlFolders(join(project, 'src', 'platform'))),
    ...(await sqlFolders(join(project, 'src', 'modules'))),
  ];
  const migrations = await Promise.all(paths.map((path) => readMigration(project, path)));
  migrations.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [index, migration] of migrations.entries()) {
    const before = migrations[index - 1];
    if (before?.name === migration.name) throw new Error(`${before.path} and ${migration.path} have the same name`);
  }
  return migrations;
}

/** The files of every folder named `sql` below `folder`. */
async function sqlFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && basename(entry.parentPath) === 'sql' && entry.name.endsWith('.sql'))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function readMigration(project: string, path: string): Promise<Migration> {
  const name = basename(path);
  if (!NAME.test(name)) throw new Error(`${path}: a migration is named yyyymmddhhmmss_verb_noun.sql`);
  const text = await readFile(path, 'utf8');
  // A checkout that turns line ends must not look like a changed migration.
  const checksum = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
  return { name, path: relative(project, path), text, checksum };
}
