// What the platform is made of, as CycloneDX: every package that ships, with version, checksum and licence. From the lock
// file alone, so it works without a network.
//   npm run sbom > gongzhi.cdx.json
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { READ_BY_HAND } from '../checks/licences-read.mjs';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** The document as an object; throws what npm said when it could not make one. */
export function makeSbom() {
  const { name, version, description, license } = JSON.parse(readFileSync(`${PROJECT}package.json`, 'utf8'));
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const made = spawnSync('npm', words, { cwd: PROJECT, encoding: 'utf8', maxBuffer: 1e8 });
  if (made.status !== 0) throw new Error(`npm sbom failed: ${made.stderr}`);
  const document = JSON.parse(made.stdout);
  // npm names the folder; a clone may be called anything.
  const main = document.metadata.component;
  Object.assign(main, { name, version, description, licenses: [{ license: { id: license } }] });
  main.purl = `pkg:npm/${name}@${version}`;
  return withoutDevelopment(document);
}

/** npm's own `--omit dev` also leaves out what ships and is used in development as well; the lock file knows better. */
function withoutDevelopment(document) {
  const { packages } = JSON.parse(readFileSync(`${PROJECT}package-lock.json`, 'utf8'));
  const ships = new Map();
  for (const [path, entry] of Object.entries(packages)) {
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!entry.dev) ships.set(`${name}@${entry.version}`, READ_BY_HAND[name] ?? entry.license);
  }
  const components = document.components
    .filter(({ name, version }) => ships.has(`${name}@${version}`))
    // npm leaves out a licence that is more than one name.
    .map((one) => ({ ...one, licenses: one.licenses ?? [{ expression: ships.get(`${one.name}@${one.version}`) }] }));
  const refs = new Set([document.metadata.component['bom-ref'], ...components.map((one) => one['bom-ref'])]);
  const dependencies = document.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((to) => refs.has(to)) }));
  return { ...document, components, dependencies };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${JSON.stringify(makeSbom(), null, 2)}\n`);
}
