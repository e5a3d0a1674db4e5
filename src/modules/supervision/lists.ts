import { type RawBuilder, sql } from 'kysely';
import { readPosition, writePosition } from '../../kit/keyset.ts';
import { type Result, refuse } from '../../kit/result.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { organisationsOf, type Permissions } from '../../platform/auth/permission.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { Order } from './rules/order.ts';
import type { Colour } from './rules/words.ts';
import { ordersOfArea } from './standing.ts';
import { ORDER_COLUMNS, type OrderRow, tenant, toOrder } from './store.ts';

export type OrderFilter = {
  readonly box: 'mine' | 'issued' | 'area';
  readonly colour?: Colour | undefined;
  readonly addressee?: string | undefined;
  readonly over: boolean;
};

// Literals, so that the planner knows the index of open orders to hold them.
const OPEN = sql`o.state IN ('open', 'answered')`;
const OVER = sql`o.state IN ('accepted', 'lifted', 'ended')`;

/** One page of orders, newest first. */
export async function listOrderRows(
  tx: ReadTx,
  permissions: Permissions,
  actor: Actor,
  filter: OrderFilter,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<Result<{ readonly items: readonly Order[]; readonly next: string | null }>> {
  const after = page.after === undefined ? null : readPosition(page.after);
  if (page.after !== undefined && after === null) return refuse('http.bad_request');
  const { rows } = await sql<OrderRow>`
    SELECT ${ORDER_COLUMNS} FROM supervision.supervision_order o
    WHERE o.tenant_id = ${tenant} AND ${filter.over ? OVER : OPEN} AND ${inBox(permissions, actor, filter.box)}
      ${filter.colour ? sql`AND o.colour = ${filter.colour}` : sql``}
      ${filter.addressee ? sql`AND o.addressee_id = ${filter.addressee}::uuid` : sql``}
      ${after ? sql`AND (o.issued_at, o.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    ORDER BY o.issued_at DESC, o.id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next = rows.length > page.limit && last ? writePosition({ at: last.issued_at, id: last.id }) : null;
  return { items: shown.map(toOrder), next };
}

// Most have one post, and an index keeps the order of a list behind one value only.
function oneOf(column: RawBuilder<unknown>, ids: readonly string[]): RawBuilder<unknown> {
  return ids.length === 1 ? sql`${column} = ${ids[0]}::uuid` : sql`${column} = ANY(${[...ids]}::uuid[])`;
}

function inBox(permissions: Permissions, actor: Actor, box: OrderFilter['box']) {
  const own = actor.kind === 'officer' ? [...organisationsOf(actor)] : [];
  switch (box) {
    case 'mine':
      return oneOf(sql`o.addressee_id`, own);
    case 'issued':
      return oneOf(sql`o.reviewer_id`, own);
    case 'area':
      return ordersOfArea(permissions, actor);
  }
}

export type BoardRow = {
  addressee_id: string;
  blue: number;
  yellow: number;
  red: number;
  answered: number;
  oldest: Date;
};

/** Open orders of each office in the actor's area, counted from the rows themselves: open orders are few. */
export async function boardRows(tx: ReadTx, permissions: Permissions, actor: Actor): Promise<readonly BoardRow[]> {
  const { rows } = await sql<BoardRow>`
    SELECT o.addressee_id, count(*) FILTER (WHERE o.colour = 'blue')::int AS blue,
      count(*) FILTER (WHERE o.colour = 'yellow')::int AS yellow, count(*) FILTER (WHERE o.colour = 'red')::int AS red,
      count(*) FILTER (WHERE o.state = 'answered')::int AS answered, min(o.issued_at) AS oldest
    FROM supervision.supervision_order o
    WHERE o.tenant_id = ${tenant} AND o.state IN ('open', 'answered') AND ${ordersOfArea(permissions, actor)}
    GROUP BY o.addressee_id ORDER BY red DESC, yellow DESC, blue DESC, o.addressee_id LIMIT 500`.execute(tx);
  return rows;
}
