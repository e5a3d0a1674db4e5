import { type RawBuilder, sql } from 'kysely';
import type { Actor, Lane } from '../../platform/auth/actor.ts';
import { organisationsOf, type Permissions, postsFor } from '../../platform/auth/permission.ts';
import { codesWithin } from '../areas/index.ts';
import { classCodesWithin } from '../catalogue/index.ts';
import { OPEN_STATES, QUEUE_TABLE, type QueueName } from './rules/queues.ts';
import type { StateName } from './rules/words.ts';
import type { Search } from './search.ts';
import { assistedBy, type Reach, reachOf, visible, visibleByArea } from './visibility.ts';

/**
 * How the ids of a page are found. What an actor may see is several walks (each of his areas, his office's own, what it
 * assists) and so are several states; each walk goes along one index in the order of the list and stops after a page.
 * The walks are merged. None of them reads more because there are more cases.
 */

/** A queue or filter as asked for by a list. */
export type CaseFilter = {
  readonly queue?: QueueName | undefined;
  readonly lane?: Lane | undefined;
  readonly state?: StateName | undefined;
  readonly area?: string | undefined;
  readonly classCode?: string | undefined;
  readonly organisation?: string | undefined;
  readonly late?: boolean | undefined;
  readonly q?: string | undefined;
  /** Only these. */
  readonly ids?: readonly string[] | undefined;
};

type Part = RawBuilder<unknown>;

type Order = {
  /** The instant a case is listed by. */
  readonly key: Part;
  readonly sorting: (at: Part, id: Part) => Part;
  readonly beyond: (at: Part, id: Part, cursor: readonly string[]) => Part;
};

// Cases without a running stage clock come last in a queue; 'infinity' keeps the keyset total.
export const DUE: Order = {
  key: sql`coalesce(c.stage_due_at, 'infinity'::timestamptz)`,
  sorting: (at, id) => sql`${at}, ${id}`,
  beyond: (at, id, [after, last]) => sql`(${at}, ${id}) > (${after}::timestamptz, ${last}::uuid)`,
};
const NEWEST: Order = {
  key: sql`c.opened_at`,
  sorting: (at, id) => sql`${at} DESC, ${id} DESC`,
  beyond: (at, id, [after, last]) => sql`(${at}, ${id}) < (${after}::timestamptz, ${last}::uuid)`,
};

/** Work queues, and what is late, are read most urgent first; everything else newest first. */
export function orderOf(filter: CaseFilter): Order {
  return (filter.queue && filter.queue !== 'all') || filter.late ? DUE : NEWEST;
}

export function ownOrganisations(actor: Actor): readonly string[] {
  return actor.kind === 'officer' ? organisationsOf(actor) : [];
}

/** One of these organisations leads or assists. */
export function handledBy(organisations: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`(c.lead_organisation_id IS NOT NULL
    AND c.lead_organisation_id = ANY(${[...organisations]}::uuid[]) OR ${assistedBy(organisations)})`;
}

type Cut = { readonly after: readonly string[] | undefined; readonly limit: number };

/** SQL for `(at, id)` of a page of what the actor may see, in order; null when he may see nothing of it. */
export function pageOfIds(
  permissions: Permissions,
  actor: Actor,
  filter: CaseFilter,
  search: Search | null,
  cut: Cut,
  now: Date,
): Part | null {
  const order = orderOf(filter);
  const found = search?.ids ?? filter.ids;
  const common = and([
    sql`c.tenant_id = ${actor.tenant}`,
    ...shared(actor, filter, now),
    ...(found ? [sql`c.id = ANY(${[...found]}::uuid[])`] : []),
    ...(search?.condition ? [search.condition] : []),
  ]);
  const walks = found
    ? [along(order, cut, sql`${common} AND ${within(permissions, actor, filter)} AND ${stateCondition(filter)}`)]
    : sightsOf(permissions, actor, filter).flatMap((sight) =>
        statesOf(filter, sight).map((states) => walk(order, cut, common, filter, sight, states)),
      );
  if (walks.length < 2) return walks[0] ?? null;
  // One case may come by several walks.
  return sql`SELECT DISTINCT w.at, w.id FROM (${sql.join(walks, sql` UNION ALL `)}) AS w
    ORDER BY ${order.sorting(sql`w.at`, sql`w.id`)} LIMIT ${cut.limit}`;
}

/** Conditions on `c` that hold whoever asks. */
function shared(actor: Actor, filter: CaseFilter, now: Date): Part[] {
  const { queue, lane, area, classCode, organisation, late } = filter;
  const parts: Part[] = [];
  if (late || (queue && QUEUE_TABLE[queue].lateOnly)) parts.push(sql`${DUE.key} < ${now}`);
  if (queue && QUEUE_TABLE[queue].byOthers) parts.push(sql`NOT ${handledBy(ownOrganisations(actor))}`);
  if (lane) parts.push(sql`c.lane = ${lane}`);
  if (area) parts.push(below(area));
  if (classCode) parts.push(sql`c.class_code >= ${classCode} AND c.class_code < ${`${classCode}:`}`);
  if (organisation) parts.push(sql`c.lead_organisation_id = ${organisation}::uuid`);
  return parts;
}

type Sight =
  | ({ readonly by: 'area' } & Reach)
  | { readonly by: 'lead'; readonly organisation: string }
  | { readonly by: 'assist'; readonly organisation: string };

/** The ways by which cases of this list come before the actor's eyes. */
function sightsOf(permissions: Permissions, actor: Actor, filter: CaseFilter): readonly Sight[] {
  if (actor.kind !== 'officer') return [];
  const queue = filter.queue && filter.queue !== 'all' ? QUEUE_TABLE[filter.queue] : null;
  if (queue?.line === 'lead') {
    const posts = postsFor(permissions, actor, queue.action);
    return [...new Set(posts.map((post) => post.organisationId))].map((organisation) => ({ by: 'lead', organisation }));
  }
  const areas = reachOf(permissions, actor, queue?.action ?? 'cases.read').flatMap((reach) => {
    const prefix = narrower(reach.prefix, filter.area);
    // A walk for a lane that is none of the post's would find nothing and go on to the end.
    const elsewhere = filter.lane !== undefined && reach.lanes !== null && !reach.lanes.includes(filter.lane);
    return prefix === null || elsewhere ? [] : [{ by: 'area', ...reach, prefix } as const];
  });
  const own = queue ? [] : organisationsOf(actor);
  return [
    ...areas.filter((one, at) => !areas.some((other, place) => place !== at && covers(other, one, place < at))),
    ...own.flatMap((organisation) => [{ by: 'lead', organisation } as const, { by: 'assist', organisation } as const]),
  ];
}

/** The smaller of two subtrees; null when neither holds the other. */
function narrower(prefix: string, area: string | undefined): string | null {
  if (area === undefined || prefix.startsWith(area)) return prefix;
  return area.startsWith(prefix) ? area : null;
}

/** Everything `one` shows is seen by `other`, too; of two alike the first stays. */
function covers(other: Reach, one: Reach, earlier: boolean): boolean {
  if (!one.prefix.startsWith(other.prefix) || (one.sealed && !other.sealed)) return false;
  if (other.lanes && !(one.lanes ?? ['']).every((lane) => other.lanes?.some((each) => each === lane))) return false;
  const alike = one.prefix === other.prefix && one.sealed === other.sealed && `${one.lanes}` === `${other.lanes}`;
  return !alike || earlier;
}

/** The states to be walked through one by one: an index holds each in order; those of all open work are one. */
function statesOf(filter: CaseFilter, sight: Sight): readonly (readonly StateName[] | null)[] {
  const queue = filter.queue ? QUEUE_TABLE[filter.queue].states : [];
  const wanted = filter.state
    ? queue.length === 0 || queue.includes(filter.state)
      ? [filter.state]
      : []
    : filter.late && queue.length === 0
      ? OPEN_STATES
      : queue;
  const open = filter.late ? wanted.filter((state) => (OPEN_STATES as readonly string[]).includes(state)) : wanted;
  if (wanted.length === 0) return filter.state ? [] : [null];
  // What has ended is never late.
  if (open.length === 0) return [];
  // A narrow area's open work is so little that its states need no walks of their own.
  const whole = sight.by === 'assist' || open.length === OPEN_STATES.length || (sight.by === 'area' && isNarrow(sight));
  return whole ? [open] : open.map((state) => [state]);
}

function stateCondition(filter: CaseFilter): Part {
  const all = statesOf(filter, { by: 'assist', organisation: '' });
  return all.length === 0 ? sql`false` : inStates(all[0] ?? null);
}

// Literals and not parameters, so that a plan made for any values still knows the index of open work.
export function inStates(states: readonly StateName[] | null): Part {
  if (states === null) return sql`true`;
  if (states.length === 1) return sql`c.state = ${sql.lit(states[0])}`;
  const list = sql`c.state IN (${sql.join(states.map((state) => sql.lit(state)))})`;
  return states.length === OPEN_STATES.length ? list : sql`${list} AND ${OPEN}`;
}
const OPEN = sql`c.state IN (${sql.join(OPEN_STATES.map((state) => sql.lit(state)))})`;

/** Villages and what is smaller are walked area by area; of a town enough comes by on the way through the county. */
function isNarrow(reach: Reach): boolean {
  return reach.prefix.length >= 12;
}

function walk(
  order: Order,
  cut: Cut,
  common: Part,
  filter: CaseFilter,
  sight: Sight,
  states: readonly StateName[] | null,
): Part {
  const condition = sql`${common} AND ${inStates(states)}`;
  if (sight.by === 'lead')
    return along(order, cut, sql`${condition} AND c.lead_organisation_id = ${sight.organisation}::uuid`);
  if (sight.by === 'assist') return alongAssists(order, cut, condition, sight.organisation);
  const seen = sql`${condition} AND ${reachCondition(sight)}`;
  if (isNarrow(sight)) return through(order, cut, codesWithin(sight.prefix), sql`c.area_code`, seen);
  const { classCode } = filter;
  // The codes of open work are few, and stand in the order of a queue.
  if (classCode && order === NEWEST) return through(order, cut, classCodesWithin(classCode), sql`c.class_code`, seen);
  return along(order, cut, sql`${seen} AND ${below(sight.prefix)}`);
}

/** A page of one index. */
function along(order: Order, { after, limit }: Cut, condition: Part): Part {
  const beyond = after ? sql` AND ${order.beyond(order.key, sql`c.id`, after)}` : sql``;
  return sql`(SELECT ${order.key} AS at, c.id FROM cases.case_file c WHERE ${condition}${beyond}
    ORDER BY ${order.sorting(order.key, sql`c.id`)} LIMIT ${limit})`;
}

/** A page of the index of each code, merged. */
function through(order: Order, cut: Cut, codes: Part, column: Part, condition: Part): Part {
  return sql`(SELECT x.at, x.id FROM (${codes}) AS within (code)
    CROSS JOIN LATERAL ${along(order, cut, sql`${condition} AND ${column} = within.code`)} AS x
    ORDER BY ${order.sorting(sql`x.at`, sql`x.id`)} LIMIT ${cut.limit})`;
}

function alongAssists(order: Order, { after, limit }: Cut, condition: Part, organisation: string): Part {
  const key = order === NEWEST ? sql`a.opened_at` : order.key;
  const beyond = after ? sql` AND ${order.beyond(key, sql`a.case_id`, after)}` : sql``;
  return sql`(SELECT ${key} AS at, a.case_id AS id FROM cases.assist a
    JOIN cases.case_file c ON c.tenant_id = a.tenant_id AND c.id = a.case_id
    WHERE a.organisation_id = ${organisation}::uuid AND ${condition}${beyond}
    ORDER BY ${order.sorting(key, sql`a.case_id`)} LIMIT ${limit})`;
}

function reachCondition(reach: Reach): Part {
  return and([
    ...(reach.lanes ? [sql`c.lane = ANY(${[...reach.lanes]})`] : []),
    ...(reach.sealed ? [] : [sql`c.sensitivity = 'normal'`]),
  ]);
}

/** What the actor may see of a list, as one condition: for cases already chosen. */
function within(permissions: Permissions, actor: Actor, filter: CaseFilter): Part {
  const queue = filter.queue && filter.queue !== 'all' ? QUEUE_TABLE[filter.queue] : null;
  if (!queue) return visible(permissions, actor);
  if (queue.line === 'area') return visibleByArea(permissions, actor, queue.action);
  const organisations = postsFor(permissions, actor, queue.action).map((post) => post.organisationId);
  return sql`c.lead_organisation_id = ANY(${[...new Set(organisations)]}::uuid[])`;
}

function below(prefix: string): Part {
  return sql`c.area_code >= ${prefix} AND c.area_code < ${`${prefix}:`}`;
}

function and(parts: readonly Part[]): Part {
  return parts.length === 0 ? sql`true` : sql.join([...parts], sql` AND `);
}
