import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { isRefusal } from '../src/kit/result.ts';
import { compose } from '../src/compose.ts';
import { countyCommandCentre, createPost, savePerson } from '../src/modules/organisations/index.ts';
import { systemActor } from '../src/platform/auth/actor.ts';
import { loadConfig, readArguments } from '../src/platform/config/config.ts';
import { carryEvents } from '../src/platform/events/relay.ts';
import { publish } from '../src/platform/outbox/outbox.ts';
import { quietLog } from '../src/platform/testing/quiet-log.ts';

/**
 * `node bench/measure-streams.ts --data FOLDER [--listeners 1000] [--rate 200] [--seconds 30] [--port 8098]`: starts the
 * platform as two processes on a folder that has a county, opens event streams of officers in as many villages as make ten
 * streams concerned by each event, commits events at the rate from a third process, and says how long after its commit
 * began each was read from the wire.
 */
const { flags } = readArguments(process.argv.slice(2), ['listeners', 'rate', 'seconds']);
const [listeners, rate, seconds] = ['listeners', 'rate', 'seconds'].map((name, at) =>
  Number(flags.get(name) ?? [1000, 200, 30][at]),
) as [number, number, number];
const EACH = 10;
const PASSWORD = 'streams are measured here';
const port = Number(flags.get('port') ?? 8098);
const settings = new Map([...flags, ['port', String(port)]]);
const config = loadConfig(process.env, settings);
const base = `http://127.0.0.1:${port}`;

const platform = spawn(
  process.execPath,
  ['src/main.ts', 'start', '--empty', '--workers', '2', '--data', config.dataDir, '--port', String(port)],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, GONGZHI_RATE_LIMITS: 'false', GONGZHI_SECOND_FACTOR: 'optional', GONGZHI_LOG_LEVEL: 'warn' },
  },
);
process.once('exit', () => platform.kill('SIGTERM'));
while (!(await fetch(`${base}/api/ready`).catch(() => null))?.ok) await delay(200);

const composed = await compose(config, { log: quietLog, say: () => undefined, mode: 'join' });
const { app } = composed;
const actor = systemActor(config.tenant, 'measure');
const villages = await app.database.read(actor, (tx) =>
  tx
    .selectFrom('areas.area')
    .select('code')
    .where('level', '=', 'village')
    .orderBy('code')
    .limit(listeners / EACH)
    .execute(),
);
const areas = villages.map(({ code }) => code);

/** The cookie of an officer of this village; made where there is none. */
async function officerOf(code: string): Promise<string> {
  const username = `measure.${code}`;
  const known =
    (await app.auth.findAccount(username)) ??
    (await app.auth.createAccount({ username, name: code, password: PASSWORD }));
  if (isRefusal(known)) throw new Error(known.code);
  await app.database.transact(actor, async (tx) => {
    await savePerson(tx, { userId: known.id, name: code, nameEn: 'Measure', phone: null });
    const centre = await countyCommandCentre(tx);
    const post = {
      ...{
        userId: known.id,
        organisationId: centre.id,
        role: 'verifier' as const,
        scope: [code],
        lanes: null,
        gridRole: null,
      },
      ...{ validFrom: '2026-01-01', validTo: null, titleZh: '测量', titleEn: 'Measure' },
    } as const;
    const made = await createPost(tx, actor, post, app.now());
    if (isRefusal(made) && made.code !== 'organisations.post_overlaps') throw new Error(made.code);
  });
  const entered = await app.auth.signIn({ username, password: PASSWORD, address: '127.0.0.1', userAgent: 'measure' });
  if (isRefusal(entered)) throw new Error(entered.code);
  return entered.cookies.map((line) => line.split(';')[0]).join('; ');
}

const sentAt = new Map<string, number>();
const waits: number[] = [];
let strays = 0;

function openStream(cookie: string, area: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(`${base}/api/events`, { headers: { cookie }, agent: false }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`stream: ${answer.statusCode}`));
      let rest = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        const lines = (rest + part).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) hear(line, area);
      });
      resolve();
    });
    asked.on('error', reject);
    asked.end();
  });
}

function hear(line: string, area: string): void {
  if (!line.startsWith('data: ')) return;
  const { kind, caseId } = JSON.parse(line.slice(6)) as { kind: string; caseId: string };
  if (kind !== 'measured.told') return;
  const [place = '', at = ''] = caseId.split(' ');
  if (place !== area) strays++;
  waits.push(performance.now() - (sentAt.get(at) ?? 0));
}

const cookies: string[] = [];
for (const code of areas) cookies.push(await officerOf(code));
for (const [index, code] of areas.entries()) {
  await Promise.all(Array.from({ length: EACH }, () => openStream(cookies[index] ?? '', code)));
}
console.log(`${areas.length * EACH} streams open; ${rate} events a second for ${seconds} s`);
const forget = carryEvents({ hub: app.hub, database: app.database, tenant: config.tenant, families: ['measured.'] });
const begun = performance.now();
const running: Promise<unknown>[] = [];
for (let n = 0; n < rate * seconds; n++) {
  const wait = begun + (n * 1000) / rate - performance.now();
  if (wait > 0) await delay(wait);
  const areaCode = areas[n % areas.length] ?? '';
  sentAt.set(String(n), performance.now());
  const payload = { areaCode, lane: 'services', sensitivity: 'normal', number: '', state: 'registered', seq: n };
  const event = { tenant: config.tenant, kind: 'measured.told', subject: `${areaCode} ${n}`, at: new Date(), payload };
  running.push(app.database.transact(actor, (tx) => publish(tx, event)));
}
await Promise.all(running);
await delay(2000);
const sorted = waits.toSorted((a, b) => a - b);
const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN);
const expected = rate * seconds * EACH;
const { user, system } = process.cpuUsage();
console.log(`told ${waits.length} of ${expected}, ${strays} to pages they do not concern`);
console.log(
  `milliseconds from the commit's begin to the page: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(1)}`,
);
console.log(`the measuring process itself took ${Math.round((user + system) / 1000)} ms of CPU`);
const numbers = await fetch(`${base}/metrics`).then((answer) => answer.text());
for (const line of numbers.split('\n'))
  if (/^gongzhi_(open_pages|process_cpu_seconds_total|process_resident)/.test(line)) console.log(line);
forget();
await composed.close();
platform.kill('SIGTERM');
process.exit(0);
