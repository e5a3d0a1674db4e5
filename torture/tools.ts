import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { startPlatform } from '../e2e/support/platform-process.ts';
import { Client, signIn } from './client.ts';
import { Failures, type Outcome, type Run } from './scenario.ts';

type Target = { readonly url: string; readonly cookie: string; readonly folder: string; readonly failures: Failures };
type Tool = {
  readonly name: string;
  readonly attack: (target: Target) => Promise<string>;
};

/** Attack tools of Debian, each against the running demo on this machine alone; one that is missing is named. */
export async function tools(run: Run): Promise<Outcome> {
  const platform = await startPlatform({ demo: true, dataDir: await run.demoFolder(), removeDataDir: true });
  const folder = await mkdtemp(join(tmpdir(), 'gongzhi-tools-'));
  const client = new Client(platform.url);
  const failures = new Failures();
  const counts: Record<string, string> = {};
  try {
    const cookie = await signIn(client, 'dispatcher', platform.accounts[0]?.password ?? '');
    for (const { name, attack } of TOOLS) {
      if (spawnSync('which', [name]).status !== 0) {
        counts[name] = 'not installed';
        continue;
      }
      run.say(`  ${name}`);
      counts[name] = await attack({ url: platform.url, cookie, folder, failures });
      const alive = await client.send({ method: 'GET', path: '/api/ready' });
      if (alive.status !== 200) failures.add(`${name} leaves the platform not ready`, String(alive.status));
    }
  } finally {
    client.close();
    await platform.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return { counts, failures: failures.list() };
}

type Injection = { readonly path: string; readonly body?: object; readonly officer: boolean };

/** What sqlmap tries: text in queries, in paths and in bodies, of visitors and of officers. `*` marks the place. */
const INJECTIONS: readonly Injection[] = [
  { path: '/api/cases?q=lamp*', officer: true },
  { path: '/api/cases?classCode=1101*&area=421181*', officer: true },
  { path: '/api/cases?limit=5&after=*', officer: true },
  { path: '/api/areas/candidates?text=lamp*', officer: true },
  { path: '/api/organisations?q=x*', officer: true },
  { path: '/api/people?q=x*', officer: true },
  { path: '/api/addresses?estate=x*', officer: true },
  { path: '/api/catalogue/dispatch-entries?q=x*', officer: true },
  { path: '/api/public/cases?area=421181*', officer: false },
  { path: '/api/public/tracking', body: { number: '20260101-000001-1', queryCode: 'ABCDEFGH*' }, officer: false },
  { path: '/api/cases/0197b3a0-0000-7000-8000-000000000000*', officer: true },
];

const TOOLS: readonly Tool[] = [
  {
    name: 'sqlmap',
    attack: async ({ url, cookie, folder, failures }) => {
      for (const { path, body, officer } of INJECTIONS) {
        const data = body ? ['--data', JSON.stringify(body), '--headers=content-type: application/json'] : [];
        const session = officer ? ['--cookie', cookie] : [];
        const limits = ['--timeout=10', '--retries=0', '--output-dir', folder, `--ignore-code=${REFUSED}`];
        const out = await output('sqlmap', ['-u', `${url}${path}`, ...SQLMAP, ...data, ...session, ...limits]);
        if (/identified the following injection point|is vulnerable/i.test(out))
          failures.add('sqlmap found an injection', `${path}: ${out.slice(-500)}`);
        if (!/do not appear to be injectable/i.test(out))
          failures.add('sqlmap did not come to an end', `${path}: ${out.slice(-500)}`);
      }
      return `${INJECTIONS.length} addresses tried`;
    },
  },
  {
    name: 'wapiti',
    attack: async ({ url, folder, failures }) => {
      const report = join(folder, 'wapiti.json');
      const words = [
        '-u',
        `${url}/`,
        '--scope',
        'folder',
        '-f',
        'json',
        '-o',
        report,
        '--flush-session',
        '--no-bugreport',
      ];
      await output('wapiti', [...words, '-d', '3', '--max-scan-time', '300', '-S', 'normal']);
      const found = JSON.parse(await readFile(report, 'utf8')) as {
        vulnerabilities: Record<string, { info: string; path: string }[]>;
        anomalies: Record<string, { info: string; path: string }[]>;
      };
      let findings = 0;
      for (const [kind, list] of [...Object.entries(found.vulnerabilities), ...Object.entries(found.anomalies)]) {
        for (const { info, path } of list.filter((one) => !AS_IT_SHOULD_BE.some((known) => known.test(one.info)))) {
          findings += 1;
          failures.add(`wapiti: ${kind}: ${info}`, path);
        }
      }
      return `${findings} findings`;
    },
  },
  {
    name: 'slowhttptest',
    attack: async ({ url, failures }) => {
      const closed: string[] = [];
      for (const [what, words] of Object.entries({
        headers: ['-H', '-i', '5'],
        body: ['-B', '-i', '5', '-s', '8192'],
        reading: ['-X', '-n', '5', '-z', '32', '-w', '10', '-y', '20', '-k', '3'],
      })) {
        const path = what === 'body' ? '/api/public/cases' : '/';
        const out = await output('slowhttptest', [
          '-c',
          '300',
          ...words,
          '-r',
          '100',
          '-l',
          '60',
          '-p',
          '5',
          '-u',
          `${url}${path}`,
        ]);
        const last = out.slice(out.lastIndexOf('slow HTTP test status'));
        if (!/service available:\s*YES/i.test(last))
          failures.add(`slow ${what}: others were not served`, last.slice(0, 600));
        closed.push(`${what} ${/Exit status:\s*(.*)/.exec(out)?.[1] ?? 'ended'}`);
      }
      return closed.join(', ');
    },
  },
];

/** What wapiti would like to see, and why it must not be. */
const AS_IT_SHOULD_BE: readonly RegExp[] = [
  // It wants the filter of old browsers switched on, which can itself be turned against a page; ours says 0.
  /X-XSS-Protection/i,
  // Only what is reached over TLS may say so (RFC 6797, section 7.2); here it is plain HTTP on this machine.
  /Strict-Transport-Security/i,
];

const SQLMAP = ['--batch', '--level=3', '--risk=2', '--threads=4', '--flush-session', '--disable-coloring'];
/** A clear refusal is an answer, not the end of trying. */
const REFUSED = '400,401,403,404,409,422,429';

function output(command: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 600_000 });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
    child.once('error', reject);
    child.once('close', () => resolve(stripVTControlCharacters(text)));
  });
}
