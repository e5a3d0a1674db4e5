import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startDemo } from './support/demo.ts';
import { type Platform, startPlatform } from './support/platform-process.ts';

// The platform as two processes behind one port, with the bundled database.
const TWO = { GONGZHI_WORKERS: '2' };
let platform: Platform;

beforeAll(async () => {
  platform = await startDemo(TWO);
}, 400_000);
afterAll(() => platform?.stop());

async function signIn(username: string): Promise<string> {
  const { password } = platform.accounts.find((one) => one.username === username) ?? { password: '' };
  const answer = await post('/api/auth/sign-in', { username, password });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(platform.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: platform.url, ...headers },
    body: JSON.stringify(body),
  });

const file = (index: number) =>
  post(
    '/api/public/cases',
    {
      text: `第 ${index} 盏路灯不亮，晚上看不清路。`,
      classCode: '1101',
      place: { kind: 'unknown', detail: null },
      ...{ name: null, phone: null, anonymous: false, publishConsent: false, fileIds: [] },
    },
    { 'idempotency-key': `filed-by-two-${String(index).padStart(4, '0')}` },
  );

/** An open page; answers what it has heard so far. */
async function openPage(cookie: string): Promise<() => string> {
  const answer = await fetch(`${platform.url}/api/events`, { headers: { cookie } });
  expect(answer.status).toBe(200);
  let heard = '';
  void (async () => {
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const part = await reader?.read().catch(() => undefined);
      if (!part || part.done) return;
      heard += part.value;
    }
  })();
  return () => heard;
}

/** Numbers of all processes, by their label. */
async function numbers(name: string): Promise<ReadonlyMap<string, number>> {
  const text = await fetch(`${platform.url}/metrics`).then((answer) => answer.text());
  const found = text.matchAll(new RegExp(`^${name}(?:\\{process="(\\d+)"\\})? (\\S+)$`, 'gm'));
  return new Map([...found].map(([, process = '', value]) => [process, Number(value)]));
}

test('what happens through one process is seen on the open pages of both', async () => {
  const cookie = await signIn('dispatcher');
  const pages = await Promise.all(Array.from({ length: 6 }, () => openPage(cookie)));
  const open = await numbers('gongzhi_open_pages');
  expect([...open.keys()].toSorted()).toEqual(['1', '2']);
  expect(Math.min(...open.values())).toBeGreaterThan(0);
  expect([...(await numbers('gongzhi_process_resident_memory_bytes')).keys()].toSorted()).toEqual(['1', '2']);

  expect((await file(0)).status).toBe(201);
  for (const heard of pages) await vi.waitFor(() => expect(heard()).toContain('case.registered'), 5000);
});

test('a process that dies is replaced, and the others go on', async () => {
  const before = members();
  expect(before).toHaveLength(2);
  process.kill(Number(before[0]), 'SIGKILL');

  await vi.waitFor(() => expect(platform.output()).toMatch(/process \d ended \(SIGKILL\)/), 5000);
  // A connection that was kept to the dead one is noticed at its next use, and opened anew.
  await vi.waitFor(async () => expect((await fetch(`${platform.url}/api/ready`)).status).toBe(200), 5000);
  await vi.waitFor(
    async () => {
      expect((await numbers('gongzhi_process_resident_memory_bytes')).size).toBe(2);
      expect(members().filter((pid) => !before.includes(pid))).toHaveLength(1);
    },
    { timeout: 60_000, interval: 200 },
  );
});

test('a stop in the middle of filings loses none that was acknowledged', async () => {
  const filings = Array.from({ length: 30 }, (_, index) => file(index + 1).catch(() => null));
  await Promise.race(filings);
  // The folder stays for the second start.
  const { dataDir } = platform;
  const stopping = platform.stop('SIGTERM', { keepDataDir: true });
  const acknowledged = (await Promise.all(filings)).filter((answer): answer is Response => answer?.status === 201);
  expect(await stopping).toBe(0);

  platform = await startPlatform({ demo: true, dataDir, removeDataDir: true, environment: TWO });
  for (const answer of acknowledged) {
    const { number, queryCode } = (await answer.json()) as { number: string; queryCode: string };
    expect((await post('/api/public/tracking', { number, queryCode })).status).toBe(200);
  }
  expect(acknowledged.length).toBeGreaterThan(0);
});

/** The processes that serve. */
function members(): readonly string[] {
  const program = programOf(platform.pid);
  const children = readFileSync(`/proc/${program}/task/${program}/children`, 'utf8');
  return children.split(' ').filter((pid) => /main\.ts/.test(commandOf(pid)));
}

const programOf = (starter: number) =>
  readFileSync(`/proc/${starter}/task/${starter}/children`, 'utf8').split(' ')[0] ?? '';
const commandOf = (pid: string) => {
  try {
    return readFileSync(join('/proc', pid, 'cmdline'), 'utf8');
  } catch {
    return '';
  }
};
