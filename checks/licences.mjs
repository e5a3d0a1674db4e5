// Everything the platform ships or runs with is under a licence that the Open Source Initiative approved.
import { readFileSync } from 'node:fs';
import { READ_BY_HAND } from './licences-read.mjs';

/** SPDX names, those that occur or are likely to; EDL-1.0 is Eclipse's name for BSD-3-Clause. */
const APPROVED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'EDL-1.0',
  'EPL-2.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unicode-3.0',
  'Unlicense',
  'Zlib',
]);

/** Whether an SPDX expression leaves us an approved way to use the package: any of ORs, all of ANDs. */
function isApproved(expression) {
  const inner = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(inner))
    return inner.split(/[()]| AND | OR /).every((name) => !name.trim() || isApproved(name.trim()));
  const ways = inner.split(' OR ');
  return ways.some((way) => way.split(' AND ').every((name) => APPROVED.has(name.trim())));
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const problems = [];
for (const closed of ['SSPL-1.0', 'MIT AND SSPL-1.0', '(BUSL-1.1 OR SSPL-1.0)', 'none stated']) {
  if (isApproved(closed)) problems.push(`this check takes ${closed} for approved`);
}
const kinds = new Map();
for (const [path, entry] of Object.entries(packages)) {
  if (path === '' || entry.dev) continue;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const licence = READ_BY_HAND[name] ?? entry.license ?? 'none stated';
  kinds.set(licence, (kinds.get(licence) ?? 0) + 1);
  if (!isApproved(licence)) problems.push(`${name} ${entry.version}: ${licence}`);
}

for (const problem of problems) console.error(problem);
console.log(`${[...kinds.values()].reduce((sum, count) => sum + count, 0)} packages under ${kinds.size} licences`);
process.exitCode = problems.length === 0 ? 0 : 1;
