import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packagedFolder, prepareBinaries } from './binaries.ts';
import { lockFolder } from './folder-lock.ts';
import { checkOrigin, chooseHome, findHome, rememberHome } from './place.ts';

const isRoot = process.getuid?.() === 0;
const account = isRoot ? { uid: 65534, gid: 65534 } : null;
let root: string;
let dataDir: string;
let elsewhere: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gongzhi-place-'));
  chmodSync(root, 0o711);
  dataDir = join(root, 'home', 'data');
  elsewhere = join(root, 'var');
  mkdirSync(dataDir, { recursive: true });
  mkdirSync(elsewhere);
  chmodSync(elsewhere, 0o755);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const choose = (databaseFolder: string | null = null) => chooseHome({ dataDir, databaseFolder }, account, [elsewhere]);

describe('where the database goes', () => {
  test('inside the data folder when its account can enter there', () => {
    expect(choose()).toBe(join(dataDir, 'postgres'));
  });

  test('where it is told to', () => {
    expect(choose('/srv/db')).toBe('/srv/db');
  });

  test.runIf(isRoot)("elsewhere when root's home is closed to its account", () => {
    chmodSync(join(root, 'home'), 0o700);

    expect(choose()).toMatch(new RegExp(`^${elsewhere}/gongzhi-[0-9a-f]{10}$`));
  });

  test.runIf(isRoot)('never upon the database of a data folder that was there before', () => {
    chmodSync(join(root, 'home'), 0o700);
    const former = choose();
    mkdirSync(former);
    writeFileSync(join(former, 'data-folder'), dataDir);

    expect(choose()).toBe(`${former}-2`);
  });

  test('a data folder can be moved with its database inside', () => {
    mkdirSync(join(dataDir, 'postgres'));
    rememberHome(dataDir, join(dataDir, 'postgres'));
    const moved = join(root, 'moved');
    cpSync(dataDir, moved, { recursive: true });
    rmSync(dataDir, { recursive: true });

    expect(findHome(moved)).toBe(join(moved, 'postgres'));
    expect(() => checkOrigin(moved, join(moved, 'postgres'))).not.toThrow();
  });

  test('a copy of a data folder is refused the database of the original', () => {
    const home = join(elsewhere, 'gongzhi-x');
    mkdirSync(home);
    rememberHome(dataDir, home);
    const copy = join(root, 'copy');
    cpSync(dataDir, copy, { recursive: true });

    expect(() => checkOrigin(copy, home)).toThrow(`${copy} is a copy of ${dataDir}`);
    expect(() => checkOrigin(dataDir, home)).not.toThrow();
  });
});

test('one process takes a folder once', () => {
  const lock = lockFolder(dataDir);
  expect(() => lockFolder(dataDir)).toThrow(`in use by the process ${process.pid}`);

  lock.release();
  lock.release();
  lockFolder(dataDir).release();
});

describe('the binaries', () => {
  /** A copy of the package as npm leaves it when it may not run install scripts. */
  function packageWithoutLinks(): string {
    const source = join(root, 'package', 'native');
    cpSync(packagedFolder(), source, { recursive: true, verbatimSymlinks: true });
    cpSync(join(packagedFolder(), '..', 'package.json'), join(root, 'package', 'package.json'));
    const lib = join(source, 'lib');
    for (const name of readdirSync(lib)) if (lstatSync(join(lib, name)).isSymbolicLink()) rmSync(join(lib, name));
    return source;
  }

  test('run in place, their links repaired', () => {
    const source = packageWithoutLinks();
    chmodSync(join(root, 'package'), 0o755);

    const { folder, major } = prepareBinaries(account, elsewhere, source);

    expect(folder).toBe(source);
    expect(major).toBe(18);
    expect(existsSync(join(source, 'lib', 'libpq.so.5'))).toBe(true);
  });

  test.runIf(isRoot)('are copied where their account can read them, once', () => {
    const source = packageWithoutLinks();
    chmodSync(join(root, 'package'), 0o700);

    const first = prepareBinaries(account, elsewhere, source);
    const made = lstatSync(first.folder).mtimeMs;
    const second = prepareBinaries(account, elsewhere, source);

    expect(first.folder).toMatch(new RegExp(`^${elsewhere}/postgresql-18`));
    expect(second).toEqual(first);
    expect(lstatSync(second.folder).mtimeMs).toBe(made);
  });
});
