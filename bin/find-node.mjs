// Runs under whatever Node the machine has (20 and later), so: plain JavaScript, no dependency.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The oldest Node that runs TypeScript sources without a flag. */
const LEAST = [22, 18];

/** @param {string} version such as `24.21.0` or `v24.21.0` */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}

/**
 * Path of a Node that can run the sources: the one that `npm ci` brought along (the version everything is tested with),
 * else the one that is running now if it is new enough.
 * @returns {string}
 * @throws {Error} in plain words when there is neither.
 */
export function findNode() {
  const brought = fileURLToPath(
    new URL(`../node_modules/node-${process.platform}-${process.arch}/bin/node`, import.meta.url),
  );
  if (existsSync(brought)) {
    try {
      if (isNewEnough(execFileSync(brought, ['--version'], { encoding: 'utf8' }))) return brought;
    } catch {
      // It does not run here (another C library, a mount without exec): the running Node may still do.
    }
  }
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Error(
    `Gongzhi needs Node ${LEAST.join('.')} or newer, and this is ${process.version}. ` +
      'Run "npm ci" (on Linux it brings Node 24 along), or install Node 24.',
  );
}
