import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { publishAll } from '../outbox/outbox.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { setTimers } from '../timers/timers.ts';

// Two real processes on one database, as two containers would be.
const CHILD = fileURLToPath(new URL('../testing/background-child.ts', import.meta.url));
const TENANT = 421181;
const COUNT = 150;
const actor = systemActor(TENANT, 'test');

type Child = { readonly process: ChildProcess; readonly said: () => string; readonly ended: Promise<number | null> };
let data: TestDatabase;
let children: readonly Child[];

beforeAll(async () => {
  data = await testDatabase();
  children = [open(), open()];
  await vi.waitFor(() => expect(children.every((child) => child.said().includes('ready'))).toBe(true), 30_000);
});
afterAll(async () => {
  for (const { process } of children) process.kill('SIGKILL');
  await data.close();
});

function open(): Child {
  const child = spawn(process.execPath, [CHILD, data.appUrl], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (part) => (said += part));
  return { process: child, said: () => said, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

/** What was done, by whom: subjects, and the processes that did any of it. */
async function done(action: string) {
  const rows = await data.database.read(actor, (tx) =>
    tx.selectFrom('platform.audit_entry').select(['actor_id', 'target_id']).where('action', '=', action).execute(),
  );
  return { subjects: rows.map((row) => row.target_id ?? '').toSorted(), by: new Set(rows.map((row) => row.actor_id)) };
}

const names = (prefix: string) => Array.from({ length: COUNT }, (_, n) => `${prefix}-${String(n).padStart(3, '0')}`);
const give = (prefix: string) =>
  data.database.transact(actor, async (tx) => {
    const at = new Date(Date.now() - 1000);
    await setTimers(
      tx,
      names(prefix).map((subject) => ({ tenant: TENANT, kind: 'test.timer', subject, dueAt: at })),
    );
    await publishAll(
      tx,
      names(prefix).map((subject) => ({ tenant: TENANT, kind: 'test.happened', subject, at, payload: {} })),
    );
  });
const allDone = async (prefixes: readonly string[]) => {
  const all = prefixes.flatMap(names).toSorted();
  await vi.waitFor(
    async () => {
      for (const action of ['timer', 'event']) expect((await done(action)).subjects).toEqual(all);
    },
    { timeout: 15_000, interval: 100 },
  );
};

test('each timer fires once and each event is handled once; a job is done once', async () => {
  await give('a');
  await allDone(['a']);

  expect((await done('timer')).by.size).toBe(2);
  expect((await done('job')).subjects).toEqual(['job']);
});

test('what one of them commits is told to the pages of both', async () => {
  children[0]?.process.stdin?.write('publish told-by-the-first\n');
  for (const { said } of children) {
    await vi.waitFor(() => expect(said()).toContain('page told-by-the-first'), 5000);
  }
});

test('one that stops in the middle of it loses nothing and leaves the rest to the other', async () => {
  await give('b');
  children[0]?.process.stdin?.write('publish last-words\nstop\n');

  expect(await children[0]?.ended).toBe(0);
  await allDoneWith('b', ['last-words']);
  await vi.waitFor(() => expect(children[1]?.said()).toContain('page last-words'), 5000);
});

/** Everything of both rounds, and the events that were published beside. */
async function allDoneWith(prefix: string, beside: readonly string[]): Promise<void> {
  const expected = ['a', prefix].flatMap(names);
  await vi.waitFor(
    async () => {
      expect((await done('timer')).subjects).toEqual(expected.toSorted());
      const events = [...expected, 'told-by-the-first', ...beside].toSorted();
      expect((await done('event')).subjects).toEqual(events);
    },
    { timeout: 15_000, interval: 100 },
  );
}
