import type { Protection } from './protection.ts';

/** What the platform is made of is known and stays so. */
export const SUPPLY_CHAIN_PROTECTIONS: readonly Protection[] = [
  {
    name: 'every locked package has its checksum',
    file: 'package-lock.json',
    with: /"integrity": "sha512-[^"]+",\n/,
    without: '',
    tests: ['checks/lock.mjs'],
  },
  {
    name: 'the lock file names no address to fetch from',
    file: 'package-lock.json',
    with: /"integrity": "sha512-/,
    without: '"resolved": "https://mirror.example/package.tgz", "integrity": "sha512-',
    tests: ['checks/lock.mjs'],
  },
  {
    name: 'the lock file stays without addresses',
    file: '.npmrc',
    with: 'omit-lockfile-registry-resolved=true',
    without: 'omit-lockfile-registry-resolved=false',
    tests: ['checks/lock.mjs'],
  },
  {
    name: 'one exact version of each package is named',
    file: 'package.json',
    with: '"fastify": "',
    without: '"fastify": "^',
    tests: ['checks/lock.mjs'],
  },
  {
    name: 'packages are under approved licences',
    file: 'package-lock.json',
    with: /"license": "MIT"(?!,\n +"optional|,\n +"peer)/,
    without: '"license": "SSPL-1.0"',
    tests: ['checks/licences.mjs'],
  },
  {
    name: 'a licence that is none of the approved is not taken for one',
    file: 'checks/licences.mjs',
    with: "return ways.some((way) => way.split(' AND ').every((name) => APPROVED.has(name.trim())));",
    without: "return ways.some((way) => way.split(' AND ').some((name) => APPROVED.has(name.trim())));",
    tests: ['checks/licences.mjs'],
  },
  {
    name: 'the bill of materials names every package',
    file: 'bin/sbom.mjs',
    with: 'if (!entry.dev) ships.set(',
    without: 'if (entry.dev) ships.set(',
    tests: ['checks/sbom.mjs'],
  },
  {
    name: 'no private key stands in a file',
    file: 'README.md',
    with: /^/,
    without: '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49MIGHAgEAMBMGByqGSM49\n',
    tests: ['checks/secrets.mjs'],
  },
  {
    name: 'no path of somebody’s machine stands in a file',
    file: 'src/kit/ids.ts',
    with: /^/,
    without: `// ${'/home'}/somebody/project/x\n`,
    tests: ['checks/sources.mjs'],
  },
];
