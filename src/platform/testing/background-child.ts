import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { loadConfig } from '../config/config.ts';
import { systemActor } from '../auth/actor.ts';
import { createDatabase } from '../database/create-database.ts';
import type { WriteTx } from '../database/database.ts';
import { createEventHub } from '../events/hub.ts';
import { carryEvents, hearEvents } from '../events/relay.ts';
import { startJob } from '../jobs/job.ts';
import { publish } from '../outbox/outbox.ts';
import { startOutbox } from '../outbox/outbox-worker.ts';
import { startTimers } from '../timers/timer-worker.ts';
import { quietLog } from './quiet-log.ts';

/**
 * The background of one process of the platform, for tests with two: `node background-child.ts APP_URL`. Whatever it does
 * leaves a row that names it; what an open page would hear it prints. `publish SUBJECT` on stdin publishes an event, `stop`
 * stops it as the platform is stopped.
 */
const [url = ''] = process.argv.slice(2);
const me = String(process.pid);
const say = (line: string) => process.stdout.write(`${line}\n`);
const config = loadConfig({});
const { tenant } = config;
const database = createDatabase({ url, poolSize: 4, log: quietLog });
const shared = { database, tenant, now: () => new Date(), log: quietLog };
const hub = createEventHub();

const note = async (tx: WriteTx, action: string, subject: string) => {
  await sql`INSERT INTO platform.audit_entry (tenant_id, id, at, actor_id, actor_kind, action, target_kind, target_id, result)
    VALUES (${tenant}, ${uuidv7()}, now(), ${me}, 'system', ${action}, 'test', ${subject}, 'done')`.execute(tx);
};
const actor = systemActor(tenant, 'child');

const forget = carryEvents({ hub, database, tenant, families: ['test.'] });
const pages = hearEvents({ hub, tenant, url, log: quietLog });
hub.subscribe({
  topics: ['area 421181'],
  concerns: () => true,
  send: ({ subject }) => say(`page ${subject}`),
  end: () => undefined,
});
const app = { config, ...shared };
const workers = [
  startTimers({ ...shared, every: 20, handlers: { 'test.timer': (timer, tx) => note(tx, 'timer', timer.subject) } }),
  startOutbox({
    ...shared,
    listenUrl: url,
    consumers: [{ name: 'test', kinds: ['test.*'], handle: (event, tx) => note(tx, 'event', event.subject) }],
  }),
  startJob({
    app,
    name: 'test',
    every: 3_600_000,
    run: () => database.transact(actor, (tx) => note(tx, 'job', 'job')),
  }),
];

say('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [word, subject = ''] = line.split(' ');
  if (word === 'publish') {
    const payload = { areaCode: '421181001', lane: 'city' };
    await database.transact(actor, (tx) =>
      publish(tx, { tenant, kind: 'test.told', subject, at: new Date(), payload }),
    );
  }
  if (word === 'stop') break;
}
await Promise.all(workers.map((worker) => worker.stop()));
await pages.stop();
forget();
await database.close();
process.stdin.destroy();
