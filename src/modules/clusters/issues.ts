import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { dayOf } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { insertRows, sendTogether } from '../../platform/database/rows.ts';
import { startJob } from '../../platform/jobs/job.ts';
import type { Worker } from '../../platform/worker.ts';
import { personKeys } from '../requesters/index.ts';
import { clusterItems } from './rules/cluster.ts';
import { heatOf } from './rules/heat.ts';
import { commonArea, matchIssues } from './rules/issues.ts';
import { catchUp } from './signatures.ts';

const DAY_MS = 86_400_000;
/** What came in within this time is looked at. */
const WINDOW_DAYS = 180;
/** At most so many requests of one town and upper class are clustered together, the newest first. */
const MOST_TOGETHER = 600;
/** Fewer requests than this are a duplicate, not an issue; fewer people no public matter. */
const FEWEST = { requests: 3, people: 2 };
/** The day's count begins at this hour in China, when few work. */
const HOUR = 2;

type Request = {
  id: string;
  title: string;
  words: string[];
  weights: number[];
  classCode: string;
  areaCode: string;
  requesterId: string | null;
  openedAt: Date;
};

/** Counts the day's hot issues, town by town. Repeating it changes nothing but the figures. */
export async function countIssues(app: App, now: Date): Promise<number> {
  const actor = systemActor(app.config.tenant, 'clusters');
  const towns = await app.database.read(actor, (tx) => townsOf(tx, app.config.tenant, now));
  let found = 0;
  for (const town of towns) found += await app.database.transact(actor, (tx) => countTown(app, tx, town, now));
  await app.database.transact(actor, (tx) => fade(tx, app.config.tenant, now));
  return found;
}

async function townsOf(tx: ReadTx, tenant: number, now: Date): Promise<string[]> {
  const { rows } = await sql<{ town: string }>`
    SELECT DISTINCT left(c.area_code, 9) AS town FROM cases.case_file c
    WHERE c.tenant_id = ${tenant} AND c.opened_at >= ${new Date(now.getTime() - WINDOW_DAYS * DAY_MS)}
    ORDER BY town`.execute(tx);
  return rows.map(({ town }) => town);
}

async function countTown(app: App, tx: WriteTx, town: string, now: Date): Promise<number> {
  const { tenant } = app.config;
  const clusters: Cluster[] = [];
  // One class after the other, so that the requests of a whole town are never held at once.
  for (const upper of await upperClassesOf(tx, tenant, town, now))
    clusters.push(...(await clustersOf(tx, tenant, { town, upper }, now)));
  const known = await knownIssues(tx, tenant, town);
  const matched = matchIssues(
    clusters.map(({ members }) => members),
    known,
  );
  for (const [at, cluster] of clusters.entries()) await keepIssue(tx, tenant, matched[at] ?? null, cluster, now);
  return clusters.length;
}

/** Clusters within an upper class: what is amiss at one estate is not one matter. */
async function clustersOf(tx: ReadTx, tenant: number, part: Part, now: Date): Promise<readonly Cluster[]> {
  const requests = await requestsOf(tx, tenant, part, now);
  const items = requests.map((one) => ({
    // What stands in the title names the matter.
    words: new Map(one.words.map((word) => [word, one.title.includes(word) ? 3 : 1])),
    at: one.openedAt.getTime(),
  }));
  const found = clusterItems(items)
    .map((members) => members.map((at) => requests[at] as Request))
    .filter((members) => members.length >= FEWEST.requests);
  const keys = await personKeys(
    tx,
    found.flatMap((members) => members.flatMap(({ requesterId }) => requesterId ?? [])),
  );
  return found
    .map((members) => ({
      members,
      ...heatOf(
        members.map((one) => voiceOf(one, keys)),
        now.getTime(),
      ),
    }))
    .filter(({ people }) => people >= FEWEST.people)
    .map(({ members, people, heat }) => told(members, people, heat));
}

/** What an issue says of its requests; their words and titles are let go. */
function told(members: readonly Request[], people: number, heat: number): Cluster {
  const times = members.map(({ openedAt }) => openedAt.getTime());
  const newest = members.reduce((latest, one) => (one.openedAt > latest.openedAt ? one : latest));
  const classes = members.map(({ classCode }) => classCode);
  return {
    members: members.map(({ id }) => id),
    title: newest.title,
    words: commonest(
      members.flatMap(({ words }) => words),
      6,
    ),
    classCode: commonest(classes, 1)[0] ?? '',
    areaCode: commonArea(members.map(({ areaCode }) => areaCode)),
    firstAt: new Date(Math.min(...times)),
    lastAt: new Date(Math.max(...times)),
    people,
    heat,
  };
}

function voiceOf(one: Request, keys: ReadonlyMap<string, string>) {
  const person = one.requesterId === null ? null : (keys.get(one.requesterId) ?? one.requesterId);
  return { person, at: one.openedAt.getTime() };
}

/** A town with one upper class of what is asked there. */
type Part = { readonly town: string; readonly upper: string };

/** What of a town is looked at; `c` is the case. */
const lookedAt = (tenant: number, town: string, now: Date) => sql`
  c.tenant_id = ${tenant} AND c.area_code >= ${town} AND c.area_code < ${`${town}:`}
    AND (${town.length >= 9} OR length(c.area_code) < 9)
    AND c.opened_at >= ${new Date(now.getTime() - WINDOW_DAYS * DAY_MS)}
    AND c.sensitivity = 'normal' AND c.channel <> 'system' AND c.state NOT IN ('voided', 'withdrawn')`;

async function upperClassesOf(tx: ReadTx, tenant: number, town: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ upper: string }>`
    SELECT DISTINCT left(c.class_code, 2) AS upper FROM cases.case_file c
    WHERE ${lookedAt(tenant, town, now)} ORDER BY upper`.execute(tx);
  return rows.map(({ upper }) => upper);
}

async function requestsOf(tx: ReadTx, tenant: number, { town, upper }: Part, now: Date): Promise<Request[]> {
  const { rows } = await sql<Request>`
    SELECT c.id, t.title, s.words, s.weights, c.class_code AS "classCode", c.area_code AS "areaCode",
      c.requester_id AS "requesterId", c.opened_at AS "openedAt"
    FROM cases.case_file c
    JOIN clusters.signature s ON s.tenant_id = c.tenant_id AND s.case_id = c.id AND s.source = 'case'
    JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE ${lookedAt(tenant, town, now)} AND left(c.class_code, 2) = ${upper}
    ORDER BY c.opened_at DESC, c.number DESC LIMIT ${MOST_TOGETHER}`.execute(tx);
  return rows;
}

async function knownIssues(tx: ReadTx, tenant: number, town: string): Promise<Map<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ issue: string; members: string[] }>`
    SELECT m.issue_id AS issue, array_agg(m.case_id) AS members
    FROM clusters.hot_issue_member m JOIN clusters.hot_issue i ON i.tenant_id = m.tenant_id AND i.id = m.issue_id
    WHERE m.tenant_id = ${tenant} AND i.area_code >= ${town} AND i.area_code < ${`${town}:`}
    GROUP BY m.issue_id`.execute(tx);
  return new Map(rows.map(({ issue, members }) => [issue, new Set(members)]));
}

type Cluster = {
  /** Ids of its requests. */
  readonly members: readonly string[];
  /** Of the newest. */
  readonly title: string;
  readonly words: readonly string[];
  readonly classCode: string;
  readonly areaCode: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly people: number;
  readonly heat: number;
};

/** A known issue gets new figures and members; what was decided about it stays. */
async function keepIssue(
  tx: WriteTx,
  tenant: number,
  known: string | null,
  cluster: Cluster,
  now: Date,
): Promise<void> {
  const { members, title, words, classCode, areaCode, firstAt, lastAt, people, heat } = cluster;
  const id = known ?? uuidv7(now.getTime());
  await sql`
    INSERT INTO clusters.hot_issue (tenant_id, id, title, words, class_code, area_code, requests, people, heat, first_at,
      last_at, state, found_at, counted_at)
    VALUES (${tenant}, ${id}, ${title}, ${[...words]}::text[], ${classCode}, ${areaCode}, ${members.length}, ${people},
      ${heat}, ${firstAt}, ${lastAt}, 'found', ${now}, ${now})
    ON CONFLICT (tenant_id, id) DO UPDATE SET words = excluded.words, requests = excluded.requests,
      people = excluded.people, heat = excluded.heat, first_at = excluded.first_at, last_at = excluded.last_at,
      counted_at = excluded.counted_at, area_code = excluded.area_code,
      state = CASE WHEN hot_issue.state = 'faded' THEN 'found' ELSE hot_issue.state END`.execute(tx);
  await sql`
    DELETE FROM clusters.hot_issue_member WHERE tenant_id = ${tenant} AND issue_id = ${id}`.execute(tx);
  const rows = members.map((caseId) => ({ tenant_id: tenant, issue_id: id, case_id: caseId }));
  await sendTogether(tx, insertRows('clusters.hot_issue_member', rows));
}

function commonest(values: readonly string[], limit: number): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([value]) => value);
}

/** What was not counted today has cooled down. */
async function fade(tx: WriteTx, tenant: number, now: Date): Promise<void> {
  await sql`
    UPDATE clusters.hot_issue SET state = 'faded', heat = 0
    WHERE tenant_id = ${tenant} AND state = 'found' AND counted_at < ${now}`.execute(tx);
}

/** Once a day enters what is missing, then counts. */
export function countDaily(app: App): Worker {
  const { tenant } = app.config;
  const actor = systemActor(tenant, 'clusters');
  return startJob({
    app,
    name: 'hot issues',
    every: 600_000,
    run: async (stopping) => {
      const now = app.now();
      // The hour of the day in China.
      const hour = (now.getUTCHours() + 8) % 24;
      if (stopping() || (hour < HOUR && !app.config.demo)) return;
      if (await app.database.read(actor, (tx) => isTaken(tx, tenant, now))) return;
      await catchUp(app, actor, now, stopping);
      // The day is taken when all that is to be counted is there: broken off before, it comes again.
      if (stopping()) return;
      const mine = await app.database.transact(actor, (tx) => takeDay(tx, tenant, now));
      if (mine) await countIssues(app, now);
    },
  });
}

async function isTaken(tx: ReadTx, tenant: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    SELECT day FROM clusters.count WHERE tenant_id = ${tenant} AND day = ${dayOf(now)}::date`.execute(tx);
  return rows.length > 0;
}

async function takeDay(tx: WriteTx, tenant: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO clusters.count (tenant_id, day, began_at) VALUES (${tenant}, ${dayOf(now)}::date, ${now})
    ON CONFLICT DO NOTHING RETURNING day`.execute(tx);
  return rows.length > 0;
}
