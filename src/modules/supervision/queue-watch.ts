import { sql } from 'kysely';
import { systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { setTimer, setTimerUnlessSet } from '../../platform/timers/timers.ts';
import { countWaiting, oldestWaiting, type Waiting } from '../cases/index.ts';
import { findOrganisation } from '../organisations/index.ts';
import { raise } from './raise.ts';
import { end } from './rules/order.ts';
import { WATCHES } from './rules/watch.ts';
import type { WatchedQueue } from './rules/words.ts';
import { openOrderOf, record, tenant as here } from './store.ts';
import { numbersFor, toldBy } from './surroundings.ts';

/** Fires when a queue's oldest reaches its limit; the subject is `queue:organisation`. One for each queue at a time. */
export const QUEUE_TIMER = 'supervision.queue';

type Place = { readonly queue: WatchedQueue; readonly organisationId: string };

const subjectOf = ({ queue, organisationId }: Place): string => `${queue}:${organisationId}`;
export const queueMatter = (place: Place): string => `queue:${subjectOf(place)}`;

/** Something entered a queue at `since`: unless it is watched already, it is from now on. */
export async function watchQueue(tx: WriteTx, tenant: number, place: Place, since: Date, now: Date): Promise<void> {
  const dueAt = await limitFrom(tx, place.queue, since, now);
  await setTimerUnlessSet(tx, { tenant, kind: QUEUE_TIMER, subject: subjectOf(place), dueAt });
}

async function limitFrom(tx: ReadTx, queue: WatchedQueue, since: Date, now: Date): Promise<Date> {
  const { numbers, clock } = await numbersFor(tx, null, now);
  return clock.dueAt(since, numbers[WATCHES[queue].setting], 'office_hours').due;
}

async function oldestIn(tx: ReadTx, { queue, organisationId }: Place): Promise<Waiting | null> {
  if (queue !== 'answers') return oldestWaiting(tx, organisationId, WATCHES[queue].states);
  const { rows } = await sql<{ case_id: string; area_code: string; answered_at: Date }>`
    SELECT o.case_id, o.area_code, o.answered_at FROM supervision.supervision_order o
    WHERE o.tenant_id = ${here} AND o.reviewer_id = ${organisationId}::uuid AND o.state = 'answered'
    ORDER BY o.answered_at, o.id LIMIT 1`.execute(tx);
  const row = rows[0];
  return row ? { caseId: row.case_id, areaCode: row.area_code, since: row.answered_at } : null;
}

/** The limit of what was the oldest passed: if something waits beyond it, the office's superiors hear of it. */
export async function lookAtQueue(tx: WriteTx, tenant: number, subject: string, now: Date): Promise<void> {
  const place = placeOf(subject);
  const oldest = place && (await oldestIn(tx, place));
  if (!place || !oldest) return;
  const limit = await limitFrom(tx, place.queue, oldest.since, now);
  if (limit > now) {
    await setTimer(tx, { tenant, kind: QUEUE_TIMER, subject, dueAt: limit });
    return;
  }
  const office = await findOrganisation(tx, place.organisationId);
  if (!office) return;
  const matter = {
    matter: queueMatter(place),
    caseId: oldest.caseId,
    classCode: null,
    queue: place.queue,
    areaCode: office.areaCode,
    lane: null,
    addresseeId: place.organisationId,
  };
  const trigger = { ground: 'queue_waiting', colour: 'yellow', key: `waits:${oldest.caseId}` } as const;
  await raise(tx, systemActor(tenant, 'supervision'), matter, { trigger }, now);
}

function placeOf(subject: string): Place | null {
  const [queue, organisationId] = subject.split(':');
  return queue && queue in WATCHES && organisationId ? { queue: queue as WatchedQueue, organisationId } : null;
}

/** Something left a queue: its order ends when nothing waits beyond the limit any more. Answers whether it ended. */
export async function clearQueue(tx: WriteTx, tenant: number, place: Place, now: Date): Promise<boolean> {
  const open = await openOrderOf(tx, queueMatter(place));
  if (!open) return false;
  const oldest = await oldestIn(tx, place);
  const limit = oldest && (await limitFrom(tx, place.queue, oldest.since, now));
  if (limit && limit <= now) return false;
  const actor = systemActor(tenant, 'supervision');
  await record(tx, await toldBy(tx, actor, open.addresseeId), end(open, 'cleared', now), now);
  if (oldest) await watchQueue(tx, tenant, place, oldest.since, now);
  return true;
}

/** A person ended the order while things wait: the queue is looked at again after its limit. */
export function watchAgain(tx: WriteTx, tenant: number, matter: string, now: Date): Promise<void> {
  const place = placeOf(matter.replace(/^queue:/, ''));
  return place ? watchQueue(tx, tenant, place, now, now) : Promise.resolve();
}

/** How many wait beyond the limit now, at most `cap`: counted when asked, so that it is never stale. */
export async function countOverdue(tx: ReadTx, place: Place, now: Date, cap: number): Promise<number> {
  // The limit is in office time: the instant before which a case must have come to be over it is searched by halves.
  const before = await latestOverdue(tx, place.queue, now);
  if (place.queue !== 'answers') {
    return countWaiting(tx, { organisationId: place.organisationId, states: WATCHES[place.queue].states, before }, cap);
  }
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM supervision.supervision_order o
      WHERE o.tenant_id = ${here} AND o.reviewer_id = ${place.organisationId}::uuid AND o.state = 'answered'
        AND o.answered_at <= ${before} LIMIT ${cap}) AS waiting`.execute(tx);
  return rows[0]?.count ?? 0;
}

const LONGEST_MS = 120 * 86_400_000;

async function latestOverdue(tx: ReadTx, queue: WatchedQueue, now: Date): Promise<Date> {
  const { numbers, clock } = await numbersFor(tx, null, now);
  const hours = numbers[WATCHES[queue].setting];
  let late = now.getTime() - LONGEST_MS;
  let timely = now.getTime();
  while (timely - late > 60_000) {
    const middle = Math.floor((late + timely) / 2);
    if (clock.dueAt(new Date(middle), hours, 'office_hours').due <= now) late = middle;
    else timely = middle;
  }
  return new Date(late);
}
