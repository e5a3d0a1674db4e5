// The bill of materials names every package that ships, each with version, address, checksum and licence.
import { readFileSync } from 'node:fs';
import { makeSbom } from '../bin/sbom.mjs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const problems = [];
const sbom = makeSbom();

if (sbom.bomFormat !== 'CycloneDX' || !/^1\.[5-9]$/.test(sbom.specVersion)) problems.push('not CycloneDX 1.5 or later');
if (!/^urn:uuid:[0-9a-f-]{36}$/.test(sbom.serialNumber)) problems.push('no serial number');
const { component } = sbom.metadata;
if (component.name !== manifest.name || component.version !== manifest.version) problems.push('names another program');

const listed = new Map(sbom.components.map((one) => [`${one.name}@${one.version}`, one]));
for (const [path, entry] of Object.entries(packages)) {
  if (path === '' || entry.dev) continue;
  const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const one = listed.get(`${name}@${entry.version}`);
  // Packages for another system are optional, and npm leaves out those that nothing here names.
  if (!one) {
    if (!entry.optional && !entry.peer) problems.push(`${name} ${entry.version} is not listed`);
    continue;
  }
  const checksum = Buffer.from(entry.integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
  if (!one.hashes?.some(({ alg, content }) => alg === 'SHA-512' && content === checksum)) {
    problems.push(`${name} ${entry.version}: another checksum than in the lock file`);
  }
  if (!one.purl?.startsWith('pkg:npm/')) problems.push(`${name}: no package address`);
  if (!one.licenses?.length) problems.push(`${name}: no licence`);
}
const refs = new Set([component['bom-ref'], ...sbom.components.map((one) => one['bom-ref'])]);
for (const { ref, dependsOn = [] } of sbom.dependencies) {
  for (const to of [ref, ...dependsOn])
    if (!refs.has(to)) problems.push(`${ref} depends on ${to}, which is not listed`);
}

for (const problem of problems) console.error(problem);
console.log(`${sbom.components.length} components`);
process.exitCode = problems.length === 0 ? 0 : 1;
