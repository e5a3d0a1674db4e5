import { sql } from 'kysely';
import type { OutboxConsumer } from '../app.ts';
import { systemActor } from '../auth/actor.ts';
import type { Database } from '../database/database.ts';
import { listen } from '../database/notices.ts';
import { giveWay, tellRush } from '../rush.ts';
import { startWorker, type Worker } from '../worker.ts';
import { type DeliverySettings, deliverEvents } from './deliver-events.ts';
import { OUTBOX_CHANNEL, onEvents, wayFor } from './outbox.ts';
import { ROUTED_AT_A_TIME, routeEvents } from './route-events.ts';

export type OutboxSettings = DeliverySettings & {
  /** All of them: an event is routed once, to those that are known then. */
  readonly consumers: readonly OutboxConsumer[];
  /** The application's database address, to hear of events of other processes; without it they are found by polling. */
  readonly listenUrl?: string;
  /** Milliseconds between two looks when nothing was heard; 2000 unless told. */
  readonly every?: number;
};

const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Who asks for way asks again sooner. */
const WAY_MS = 3000;
/** Consumers that work at the same time; each takes a connection from the pool. */
const PARALLEL = 2;

/** Hands events to consumers until stopped. Any number of processes may do so at a time. */
export function startOutbox(settings: OutboxSettings): Worker {
  checkNames(settings.consumers);
  const worker = startWorker({
    name: 'outbox',
    every: settings.every ?? 2000,
    log: settings.log,
    run: (stopping) => drainOutbox(settings, stopping),
  });
  const purging = startWorker({
    name: 'outbox clean-up',
    every: HOUR_MS,
    log: settings.log,
    run: () => purgeOutbox(settings.database, settings.tenant, new Date(settings.now().getTime() - KEPT_DAYS * DAY_MS)),
  });
  const forget = onEvents(settings.tenant, worker.wake);
  const heard = (payload: string) => {
    if (payload === String(settings.tenant)) worker.wake();
    if (payload === wayFor(settings.tenant)) tellRush(settings.database, WAY_MS);
  };
  const listener = settings.listenUrl
    ? listen({ url: settings.listenUrl, channel: OUTBOX_CHANNEL, onNotice: heard, log: settings.log })
    : null;
  return {
    wake: worker.wake,
    async stop() {
      forget();
      await Promise.all([listener?.stop(), purging.stop(), worker.stop()]);
    },
  };
}

/** Hands out everything that waits, and what follows from it; answers how many deliveries were handled. */
export async function drainOutbox(settings: OutboxSettings, stopping: () => boolean = () => false): Promise<number> {
  let handled = 0;
  for (;;) {
    const routed = await routeAll(settings, stopping);
    const delivered = await deliverAll(settings, stopping);
    handled += delivered;
    // A handler may have published events of its own.
    if ((routed === 0 && delivered === 0) || stopping()) return handled;
  }
}

/** Gives out all that is new before anything is handled: a consumer far behind must not keep news from the others. */
async function routeAll(settings: OutboxSettings, stopping: () => boolean): Promise<number> {
  const { database, tenant, consumers, now } = settings;
  let routed = 0;
  let count: number;
  do {
    const began = performance.now();
    count = await routeEvents(database, tenant, consumers, now());
    routed += count;
    await giveWay(database, performance.now() - began);
  } while (count === ROUTED_AT_A_TIME && !stopping());
  return routed;
}

/** One consumer's slowness must not hold up all others, so a few work side by side, each for a turn. */
async function deliverAll(settings: OutboxSettings, stopping: () => boolean): Promise<number> {
  const waiting = [...settings.consumers];
  let handled = 0;
  const lanes = Array.from({ length: PARALLEL }, async () => {
    for (let consumer = waiting.shift(); consumer !== undefined; consumer = waiting.shift()) {
      // Not `handled += await …`: that would add to the count from before the wait, and lose the other lane's.
      const count = await deliverEvents(settings, consumer, stopping);
      handled += count;
    }
  });
  await Promise.all(lanes);
  return handled;
}

/** Removes events from before a time that every consumer has handled; answers how many. */
export async function purgeOutbox(database: Database, tenant: number, before: Date): Promise<number> {
  const result = await database.transact(systemActor(tenant, 'outbox'), (tx) =>
    sql`
      DELETE FROM platform.outbox e
      WHERE e.tenant_id = ${tenant} AND e.at < ${before} AND e.routed AND NOT EXISTS (
        SELECT FROM platform.outbox_delivery d WHERE d.tenant_id = e.tenant_id AND d.event_id = e.id)`.execute(tx),
  );
  return Number(result.numAffectedRows ?? 0n);
}

function checkNames(consumers: readonly OutboxConsumer[]): void {
  const names = new Set<string>();
  for (const { name } of consumers) {
    if (names.has(name)) throw new Error(`two outbox consumers are named ${name}`);
    names.add(name);
  }
}
