import cluster, { type Worker } from 'node:cluster';
import type { Log } from '../log.ts';
import { MEMBER_NUMBER, type ToKeeper, type ToMember } from './words.ts';

export type KeeperSettings = {
  readonly count: number;
  /** Seconds that each process gets to stop by itself. */
  readonly stopSeconds: number;
  readonly log: Log;
  readonly say: (line: string) => void;
};

export type Keeper = {
  /** The port, once all processes listen; rejects when one cannot even start. */
  readonly listening: Promise<number>;
  /** Stops all of them, and answers when all have ended. */
  stop(): Promise<void>;
};

/** A process that ends sooner is started again only after a while, longer each time. */
const SOUND_MS = 10_000;
const LONGEST_PAUSE_MS = 10_000;
/** So often in a row a process may end before it ever listened. */
const MOST_FALSE_STARTS = 3;
/** Longer than any single number is waited for. */
const METRICS_MS = 4000;

/**
 * Runs the program `count` times behind one port and replaces each that ends, however it ends. This process serves
 * nobody: it hands out connections, and does nothing else that could fail.
 */
export function keepMembers(settings: KeeperSettings): Keeper {
  const members = new Map<number, Worker>();
  const ports = new Map<number, number>();
  const pauses = new Set<NodeJS.Timeout>();
  /** Those that serve; one that is still starting has no numbers. */
  const serving = new Set<Worker>();
  const questions = createQuestions(() => [...serving]);
  let stopping = false;
  const first = Promise.withResolvers<number>();

  function start(number: number, falseStarts: number): void {
    const began = performance.now();
    const member = cluster.fork({ [MEMBER_NUMBER]: String(number) });
    let listened = false;
    members.set(number, member);
    member.on('message', (message: ToKeeper) => {
      if (message.say !== 'listening') {
        questions.hear(member, message);
        return;
      }
      listened = true;
      serving.add(member);
      ports.set(number, message.port);
      if (ports.size === settings.count) first.resolve(message.port);
    });
    member.on('error', () => undefined);
    member.once('exit', (code, signal) => {
      members.delete(number);
      serving.delete(member);
      if (stopping) return;
      const tries = listened ? 0 : falseStarts + 1;
      if (tries === MOST_FALSE_STARTS && !ports.has(number)) {
        first.reject(new Error(`process ${number} ended with ${signal ?? code} before it listened`));
        return;
      }
      settings.log.error({ process: number, code, signal }, 'a process ended and is replaced');
      settings.say(`process ${number} ended (${signal ?? code}); another one takes its place`);
      const sound = listened && performance.now() - began > SOUND_MS;
      const pause = sound ? 0 : Math.min(LONGEST_PAUSE_MS, 250 * 2 ** tries);
      const timer = setTimeout(() => {
        pauses.delete(timer);
        start(number, tries);
      }, pause);
      pauses.add(timer);
    });
  }

  for (let number = 1; number <= settings.count; number++) start(number, 0);
  first.promise.catch(() => undefined);
  return {
    listening: first.promise,
    async stop() {
      stopping = true;
      for (const timer of pauses) clearTimeout(timer);
      await Promise.all([...members.values()].map((member) => stopMember(member, settings.stopSeconds)));
    },
  };
}

function tell(member: Worker, word: ToMember): void {
  if (member.isConnected()) member.send(word, () => undefined);
}

async function stopMember(member: Worker, seconds: number): Promise<void> {
  const ended = new Promise<void>((resolve) => member.once('exit', () => resolve()));
  if (member.isDead()) return;
  tell(member, { say: 'stop' });
  // It closes connections after `seconds` by itself; what is left of it then is stuck.
  const timer = setTimeout(() => member.process.kill('SIGKILL'), (seconds + 15) * 1000);
  await ended;
  clearTimeout(timer);
}

type Question = { readonly answers: object[]; missing: number; readonly done: () => void };

/** Passes the numbers of all processes to the one that was asked for them; who does not answer in time is left out. */
function createQuestions(members: () => readonly Worker[]) {
  const open = new Map<string, Question>();
  function ask(asking: Worker, question: string): void {
    const all = members();
    const answers: object[] = [];
    const timer = setTimeout(() => open.get(question)?.done(), METRICS_MS);
    const done = () => {
      clearTimeout(timer);
      if (open.delete(question)) tell(asking, { say: 'all_metrics', question, metrics: answers });
    };
    open.set(question, { answers, missing: all.length, done });
    for (const member of all) tell(member, { say: 'give_metrics', question });
  }
  return {
    hear(member: Worker, message: Exclude<ToKeeper, { say: 'listening' }>): void {
      if (message.say === 'ask_metrics') {
        ask(member, message.question);
        return;
      }
      const asked = open.get(message.question);
      if (!asked) return;
      asked.answers.push(message.metrics);
      asked.missing--;
      if (asked.missing === 0) asked.done();
    },
  };
}
