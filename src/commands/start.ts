import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import { type Composed, compose, policyOf, serverOf, startWorkers } from '../compose.ts';
import { firstStart } from './first-start.ts';
import type { Config } from '../platform/config/config.ts';
import { exclusively } from '../platform/database/exclusively.ts';
import { waitForDatabase } from '../platform/database/wait-for-database.ts';
import { answerWhileWaiting } from '../platform/http/waiting.ts';
import type { Log } from '../platform/log.ts';
import { keepMembers } from '../platform/processes/keep-members.ts';
import { joinMembers, type Member } from '../platform/processes/member.ts';
import { isCurrent, WEB_FOLDER } from '../web/build.ts';

type Say = (line: string) => void;

/**
 * How much more than it found in use V8 may take before it looks again, in percent. By itself it allows three times more on
 * a machine with much memory, and a server keeps the room once taken. Set here and not where Node is started: an
 * older or newer V8 that does not know the word passes over it.
 */
const HEAP_GROWTH_PERCENT = 30;

/** What answers requests, here or in processes of its own. */
type Serving = { readonly port: number; stop(): Promise<void> };

/**
 * Runs the platform until it is told to stop: database, first load, web, HTTP, background work. Answers when everything
 * is stopped cleanly: running requests have had their time, the bundled database server is down. With several workers
 * this process opens the database and keeps them; they are this same command, and each serves and works like one alone.
 */
export async function startCommand(config: Config, say: Say): Promise<number> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  const log = pino({ level: config.logLevel, base: null });
  const member = joinMembers();
  return member === null ? startPlatform(config, log, say) : startMember(config, log, member);
}

async function startPlatform(config: Config, log: Log, say: Say): Promise<number> {
  const started = performance.now();
  const stopAsked = stopSignal();
  // Built beside the first load, which waits for the database most of the time.
  const web = ensureWeb(say);
  web.catch(() => undefined);
  const release = await version();
  const traces = await tracesOf(config, release);
  const reached = await reachDatabase(config, stopAsked, say);
  if (reached === null) return 0;
  const composed = await compose(config, { log, say, mode: 'own' });
  try {
    const { ownerUrl } = composed.opened;
    const first = await exclusively(ownerUrl, config.tenant, () => firstStart(composed.app, say));
    await web;
    await reached.over();
    const serving =
      config.workers > 1 ? await serveByMany(config, log, say) : await serveHere(composed, config, release);
    const address = addressOf(config, serving.port);
    say(`ready in ${Math.round((performance.now() - started) / 100) / 10} s`);
    say(`  residents: ${address}/`);
    say(`  office:    ${address}/office/`);
    say(`  API:       ${address}/api/docs`);
    for (const line of await first.hints(address)) say(line);
    if ((await policyOf(composed.app)).relaxedForDemo) {
      say('  this demo asks nobody for a second factor; a platform in service does (GONGZHI_SECOND_FACTOR)');
    }
    const reason = await Promise.race([
      stopAsked,
      composed.opened.lost.then(() => 'the database server is gone' as const),
    ]);
    say(`stopping: ${reason}`);
    await serving.stop();
    return reason === 'the database server is gone' ? 1 : 0;
  } finally {
    await composed.close();
    await traces?.close();
    say('stopped');
  }
}

/** One of several processes: the database is open, the county loaded, the web built. */
async function startMember(config: Config, log: Log, member: Member): Promise<number> {
  const release = await version();
  const traces = await tracesOf(config, release);
  const composed = await compose(config, { log, say: () => undefined, mode: 'guest', member });
  try {
    const serving = await serveHere(composed, config, release);
    member.listening(serving.port);
    await member.stopAsked;
    await serving.stop();
    return 0;
  } finally {
    await composed.close();
    await traces?.close();
    member.leave();
  }
}

/** Loaded by those who send traces alone. */
async function tracesOf({ tracesUrl }: Config, release: string): Promise<{ close(): Promise<void> } | null> {
  if (!tracesUrl) return null;
  const { sendTraces } = await import('../platform/observe/send-traces.ts');
  return sendTraces({ url: tracesUrl, version: release });
}

async function serveHere(composed: Composed, config: Config, release: string): Promise<Serving> {
  const server = await serverOf(composed.app, WEB_FOLDER, release);
  await server.listen({ host: config.host, port: config.port });
  const workers = startWorkers(composed.app, composed.opened.appUrl);
  const bound = server.server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : config.port,
    async stop() {
      await withTimeout(server.close(), config.stopSeconds * 1000, () => server.server.closeAllConnections());
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

async function serveByMany(config: Config, log: Log, say: Say): Promise<Serving> {
  const keeper = keepMembers({ count: config.workers, stopSeconds: config.stopSeconds, log, say });
  try {
    return { port: await keeper.listening, stop: keeper.stop };
  } catch (error) {
    await keeper.stop();
    throw error;
  }
}

/**
 * Waits for a database server that is not there yet, and answers in the platform's place meanwhile. `over` ends that;
 * null when the platform was told to stop before the server came.
 */
async function reachDatabase(
  config: Config,
  stopAsked: Promise<string>,
  say: Say,
): Promise<{ over(): Promise<void> } | null> {
  let over = async () => {};
  if (config.databaseUrl === null) return { over };
  const stopped = new AbortController();
  void stopAsked.then(() => stopped.abort());
  const away = async (reason: string) => {
    say(`the database is not there yet (${reason}); waiting for it`);
    over = await answerWhileWaiting(config);
  };
  try {
    if (await waitForDatabase(config.databaseUrl, { away, stopped: stopped.signal })) say('the database is there');
    return { over: () => over() };
  } catch (error) {
    await over();
    if (!stopped.signal.aborted) throw error;
    say('stopped');
    return null;
  }
}

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    // A second Ctrl-C ends at once. A service manager may tell the whole group and the starter passes it on: twice the
    // same, which must not.
    process.once('SIGINT', () => resolve('SIGINT'));
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
  });
}

/** Builds the web in a process of its own, so that the server does not keep the builder's memory. */
async function ensureWeb(say: Say): Promise<void> {
  if (isCurrent()) return;
  say('building the web applications');
  const child = spawn(process.execPath, [process.argv[1] ?? '', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the web applications could not be built; run `npm run build` to see why');
}

/** Lets `work` take `milliseconds`, then calls `hurry` and waits for it all the same. */
async function withTimeout(work: Promise<unknown>, milliseconds: number, hurry: () => void): Promise<void> {
  const timer = setTimeout(hurry, milliseconds);
  await work;
  clearTimeout(timer);
}

function addressOf(config: Config, port: number): string {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return config.port === port ? config.baseUrl : `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function version(): Promise<string> {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}
