import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type Platform, startPlatform } from '../e2e/support/platform-process.ts';
import { Chance } from './chance.ts';
import { Client, signIn } from './client.ts';
import { familyOf, killAtOnce } from './processes.ts';
import { Failures, type Outcome, type Run } from './scenario.ts';
import { checkTimers } from './timers.ts';
import { verify } from './verify.ts';

const ROUNDS = 100;
const WRITERS = 12;
/** A session ends when it lies idle; nobody works in it while the platform is down. */
const ROUNDS_A_SESSION = 10;
const TARGETS = ['program', 'database', 'both'] as const;

type Filed = { readonly key: string; readonly text: string; receipt: string | null; sent: boolean };
/** A step that was acknowledged: this version of this case is this action. */
type Stepped = { readonly caseId: string; readonly version: number };

type Book = { readonly filed: Filed[]; readonly stepped: Stepped[] };

/**
 * Kills the program, the database server or both, at a random moment while people file and work, and starts again.
 * Everything acknowledged must be there, everything else may be asked again under the same key without doubling.
 */
export async function kills(run: Run): Promise<Outcome> {
  const chance = new Chance(run.seed);
  const failures = new Failures();
  const dataDir = await run.demoFolder();
  const book: Book = { filed: [], stepped: [] };
  const rounds = run.rounds ?? ROUNDS;
  const started: number[] = [];
  let platform = await startPlatform({ demo: true, dataDir });
  const before = await verify(dataDir);
  let cookie = await session(platform);
  try {
    for (let round = 0; round < rounds; round += 1) {
      const target = chance.pick(TARGETS);
      // Signing in takes longer than some rounds, so it is no part of them.
      if (round % ROUNDS_A_SESSION === ROUNDS_A_SESSION - 1) cookie = await session(platform);
      const writing = write(platform, book, { prefix: `${run.seed}-${round}`, cookie, chance });
      await wait(chance.between(50, 1500));
      await killPart(platform, target);
      await writing.stop();
      const began = performance.now();
      platform = await startPlatform({ demo: true, dataDir });
      started.push((performance.now() - began) / 1000);
      await checkFilings(platform, book, failures, `round ${round}, ${target} killed`);
      if (round % 10 === 9)
        run.say(`  ${round + 1} of ${rounds} rounds, ${book.filed.length} filings, ${book.stepped.length} steps`);
    }
    await checkSteps(platform, book, failures);
    if (book.filed.length === 0 || book.stepped.length === 0)
      failures.add(
        'nothing was written that could be lost',
        `${book.filed.length} filings, ${book.stepped.length} steps`,
      );
    const after = await verify(dataDir);
    for (const broken of after.broken) failures.add('a chain is broken', JSON.stringify(broken));
    if (after.cases - before.cases !== book.filed.length)
      failures.add('cases and filings differ', `${after.cases - before.cases} cases, ${book.filed.length} filings`);
    const timers = await checkTimers(dataDir);
    for (const wrong of timers.wrong) failures.add('a timer is lost or left over', wrong);
    return {
      counts: {
        rounds,
        filings: book.filed.length,
        cases: after.cases - before.cases,
        'acknowledged steps': book.stepped.length,
        'broken chains': after.broken.length,
        'open cases': timers.open,
        timers: timers.timers,
        'timers wrong': timers.wrong.length,
        'slowest start': `${Math.max(...started).toFixed(1)} s`,
      },
      failures: failures.list(),
    };
  } finally {
    await platform.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function session(platform: Platform): Promise<string> {
  const client = new Client(platform.url);
  try {
    return await signIn(client, 'dispatcher', platform.accounts[0]?.password ?? '');
  } finally {
    client.close();
  }
}

type Writing = { readonly prefix: string; readonly cookie: string; readonly chance: Chance };

/** People who file and write notes until told to stop, or until the platform no longer answers. */
function write(platform: Platform, book: Book, { prefix, cookie, chance }: Writing) {
  const client = new Client(platform.url, { connections: WRITERS, timeoutMs: 10_000 });
  let going = true;
  const filer = async (writer: number) => {
    for (let index = 0; going; index += 1) {
      const filed: Filed = {
        key: `kill-${prefix}-${writer}-${index}`,
        text: `第 ${index} 盏路灯不亮。`,
        receipt: null,
        sent: true,
      };
      book.filed.push(filed);
      const { status, body } = await client.json('POST', '/api/public/cases', filing(filed.text), {
        'idempotency-key': filed.key,
      });
      if (status === 201) filed.receipt = JSON.stringify(body);
      else if (status === 0) return;
      else await wait(chance.between(5, 50));
    }
  };
  const worker = async () => {
    const { body } = await client.json('GET', '/api/cases?limit=20', undefined, { cookie });
    const items: { id: string }[] = body?.items ?? [];
    while (going && items.length > 0) {
      const { id } = chance.pick(items);
      const seen = await client.json('GET', `/api/cases/${id}`, undefined, { cookie });
      if (seen.status === 0) return;
      const note = { expectedVersion: seen.body?.version, text: '备注：已电话了解情况。' };
      const step = await client.json('POST', `/api/cases/${id}/notes`, note, { cookie });
      if (step.status >= 200 && step.status < 300) book.stepped.push({ caseId: id, version: step.body.version });
      if (step.status === 0) return;
    }
  };
  const all = Promise.all([...Array.from({ length: WRITERS }, (_, index) => filer(index)), worker(), worker()]);
  return {
    stop: async () => {
      going = false;
      await all;
      client.close();
    },
  };
}

/** Kills at once what is named; what is left of the platform is killed after it had time to say so. */
async function killPart(platform: Platform, target: (typeof TARGETS)[number]): Promise<void> {
  const family = familyOf(platform.pid);
  const isDatabase = ({ command }: { command: string }) => /postgres/.test(command) && !/main\.ts/.test(command);
  const postmaster = family.filter(isDatabase);
  const program = family.filter((one) => !isDatabase(one));
  if (target !== 'program') killAtOnce(postmaster.map(({ pid }) => pid));
  if (target !== 'database') killAtOnce(program.map(({ pid }) => pid));
  else await wait(300); // it notices, and ends or goes on
  await platform.stop('SIGKILL');
}

/** Every acknowledged filing answers its receipt again; what was not acknowledged is filed now, once. */
async function checkFilings(platform: Platform, book: Book, failures: Failures, when: string): Promise<void> {
  const client = new Client(platform.url, { connections: 16 });
  for (const filed of book.filed.filter((one) => one.sent)) {
    const again = await client.json('POST', '/api/public/cases', filing(filed.text), { 'idempotency-key': filed.key });
    if (again.status !== 201) failures.add(`asked again: ${again.status}`, `${when}: ${JSON.stringify(again.body)}`);
    else if (filed.receipt !== null && JSON.stringify(again.body) !== filed.receipt)
      failures.add('an acknowledged filing is lost', `${when}: ${filed.receipt} → ${JSON.stringify(again.body)}`);
    else filed.receipt = JSON.stringify(again.body);
    filed.sent = false;
  }
  client.close();
}

async function checkSteps(platform: Platform, book: Book, failures: Failures): Promise<void> {
  const cookie = await session(platform);
  const client = new Client(platform.url);
  const versions = new Map<string, number[]>();
  for (const { caseId, version } of book.stepped) versions.set(caseId, [...(versions.get(caseId) ?? []), version]);
  for (const [caseId, taken] of versions) {
    if (new Set(taken).size !== taken.length) failures.add('one version was given twice', `${caseId}: ${taken}`);
    const { body } = await client.json('GET', `/api/cases/${caseId}`, undefined, { cookie });
    const last = Math.max(...taken);
    if (!(body?.version >= last))
      failures.add('an acknowledged step is lost', `${caseId}: ${last}, now ${body?.version}`);
  }
  client.close();
}

const filing = (text: string) => ({
  text,
  classCode: '1101',
  place: { kind: 'unknown', detail: null },
  ...{ name: null, phone: null, anonymous: false, publishConsent: false, fileIds: [] },
});
