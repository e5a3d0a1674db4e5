// The lock file installs the same everywhere: no registry address in it, a checksum for every package, exact versions.
import { readFileSync } from 'node:fs';

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const manifest = read('package.json');
const { packages } = read('package-lock.json');
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'];
const problems = [];

/** Looks where Node would: beside the package, then in every folder above. */
function isLocked(path, name) {
  const above = path.split('/node_modules/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/node_modules/'));
  return [...above.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`].some(
    (at) => packages[at],
  );
}

for (const [path, entry] of Object.entries(packages)) {
  if (path === '') continue;
  if (entry.resolved) problems.push(`${path} names where it was fetched ("resolved"): run npm install with our .npmrc`);
  const needsChecksum = !entry.link && !entry.inBundle;
  for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
    // npm i leaves out a part for another platform that the registry lacks; npm ci then refuses the whole lock file.
    if (!isLocked(path, name)) problems.push(`${path} needs ${name}, which is not locked: npm ci will fail`);
  }
  if (needsChecksum && !/^sha512-/.test(entry.integrity ?? '')) problems.push(`${path} has no sha512 checksum`);
}

for (const kind of KINDS) {
  for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) problems.push(`${name} ${version}: pin one exact version`);
    const locked = packages[`node_modules/${name}`]?.version;
    if (locked !== version)
      problems.push(`${name}: package.json says ${version}, the lock file ${locked ?? 'nothing'}`);
  }
  const twin = JSON.stringify(packages[''][kind] ?? {}) === JSON.stringify(manifest[kind] ?? {});
  if (!twin) problems.push(`${kind} differ between package.json and its lock file: run npm install`);
}

if (!/^omit-lockfile-registry-resolved=true$/m.test(readFileSync('.npmrc', 'utf8'))) {
  problems.push('.npmrc must keep omit-lockfile-registry-resolved=true');
}

for (const problem of problems) console.error(problem);
console.log(`${Object.keys(packages).length - 1} packages locked`);
process.exitCode = problems.length === 0 ? 0 : 1;
