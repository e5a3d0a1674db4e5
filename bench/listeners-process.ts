import { Agent, request } from 'node:http';
import { numbered } from './load.ts';
import type { Listeners, ListenersResult } from './scenarios/listeners.ts';

/** Holds the event streams open, files requests at a steady rate, and tells how long each took to be told. */
process.once('message', (plan: Listeners) => {
  void listen(plan).then((result) => process.send?.(result, () => process.exit(0)));
});

async function listen(plan: Listeners): Promise<ListenersResult> {
  const answered = new Map<string, number>();
  const heard = new Map<string, number[]>();
  let strangers = 0;
  const opened = plan.groups.flatMap(({ cookie, count, concerned }) =>
    Array.from({ length: count }, () =>
      openStream(plan.url, cookie, (id) => {
        if (!concerned) strangers++;
        else heard.set(id, [...(heard.get(id) ?? []), performance.now()]);
      }),
    ),
  );
  await Promise.all(opened);
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  let failed = 0;
  const waiting: Promise<void>[] = [];
  const began = performance.now();
  for (let at = 0; at < plan.seconds * plan.perSecond; at++) {
    const due = began + (at * 1000) / plan.perSecond;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const shot = plan.shots[at % plan.shots.length];
    if (!shot) throw new Error('nothing to file');
    const { headers, body } = numbered(shot, at);
    waiting.push(
      post(agent, plan, headers?.['idempotency-key'] ?? '', body ?? '').then(
        (id) => void (id === null ? failed++ : answered.set(id, performance.now())),
      ),
    );
  }
  await Promise.all(waiting);
  const seconds = (performance.now() - began) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const concerned = plan.groups.reduce((sum, group) => sum + (group.concerned ? group.count : 0), 0);
  const delays = [...answered].flatMap(([id, at]) => (heard.get(id) ?? []).map((told) => Math.max(0, told - at)));
  return {
    delays,
    filed: answered.size,
    failed,
    seconds,
    strangers,
    missed: answered.size * concerned - delays.length,
  };
}

/** Answers when the stream is open; `told` hears the id of each case that was registered. */
function openStream(url: string, cookie: string, told: (id: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/api/events`, { headers: { cookie }, agent: false }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`the stream answered ${answer.statusCode}`));
      resolve();
      let rest = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        const lines = `${rest}${part}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const id = /^data: .*"kind":"case\.registered".*"caseId":"([^"]+)"/.exec(line)?.[1];
          if (id) told(id);
        }
      });
      answer.on('error', () => undefined);
    });
    asked.on('error', reject);
    asked.end();
  });
}

function post(agent: Agent, plan: Listeners, key: string, body: string): Promise<string | null> {
  return new Promise((resolve) => {
    const headers = { ...plan.headers, 'content-type': 'application/json', 'idempotency-key': key };
    const asked = request(`${plan.url}/api/cases`, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve(answer.statusCode === 201 ? (JSON.parse(text) as { id: string }).id : null));
    });
    asked.on('error', () => resolve(null));
    asked.end(body);
  });
}
