import { startPlatform } from '../e2e/support/platform-process.ts';
import { Chance } from './chance.ts';
import { Client } from './client.ts';
import { Failures, type Outcome, type Run } from './scenario.ts';
import { verify } from './verify.ts';

const REPLAYS = 10_000;
const TIMES = 20; // the same request so often, some at once and some after

/**
 * People press twice, networks send again. The same filing with the same key, side by side and afterwards: one case, and
 * everybody gets its one receipt. The same key with other words is refused.
 */
export async function replays(run: Run): Promise<Outcome> {
  const platform = await startPlatform({ demo: true, dataDir: await run.demoFolder(), removeDataDir: true });
  const client = new Client(platform.url, { connections: TIMES * 2 });
  try {
    const chance = new Chance(run.seed);
    const failures = new Failures();
    const before = await verify(platform.dataDir);
    const keys = Math.ceil((run.rounds ?? REPLAYS) / TIMES);
    let answered = 0;
    let later = 0;
    for (let key = 0; key < keys; key += 1) {
      const send = (text: string) =>
        client.json('POST', '/api/public/cases', filing(text), { 'idempotency-key': `replay-${run.seed}-${key}` });
      const text = `第 ${key} 盏路灯不亮，晚上看不清路。`;
      const atOnce = chance.between(1, TIMES - 1);
      const first = await Promise.all(Array.from({ length: atOnce }, () => send(text)));
      const rest = await Promise.all(Array.from({ length: TIMES - atOnce }, () => send(text)));
      const receipts = new Set<string>();
      for (const { status, body } of [...first, ...rest]) {
        answered += 1;
        if (status === 201) receipts.add(JSON.stringify(body));
        else if (status === 409 && first.length > 1) later += 1;
        else failures.add(`a replay is answered ${status}`, JSON.stringify(body));
      }
      if (receipts.size !== 1) failures.add(`${receipts.size} receipts for one key`, [...receipts].join(' '));
      if (rest.some(({ status }) => status !== 201)) failures.add('a replay afterwards got no receipt', text);
      const other = await send(`${text}（改）`);
      if (other.status < 400 || other.status >= 500) failures.add('other words under the same key', `${other.status}`);
      if (key % 100 === 99) run.say(`  ${(key + 1) * TIMES} of ${keys * TIMES} requests`);
    }
    const after = await verify(platform.dataDir);
    if (after.cases - before.cases !== keys)
      failures.add('cases and keys differ', `${after.cases - before.cases} cases, ${keys} keys`);
    for (const broken of after.broken) failures.add('a chain is broken', JSON.stringify(broken));
    return {
      counts: { requests: answered, keys, cases: after.cases - before.cases, 'told to wait': later },
      failures: failures.list(),
    };
  } finally {
    client.close();
    await platform.stop();
  }
}

const filing = (text: string) => ({
  text,
  classCode: '1101',
  place: { kind: 'unknown', detail: null },
  ...{ name: null, phone: null, anonymous: false, publishConsent: false, fileIds: [] },
});
