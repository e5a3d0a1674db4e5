import { sql } from 'kysely';
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
  const states = filter.over ? ['accepted', 'lifted', 'ended'] : ['open', 'answered'];
  const { rows } = await sql<OrderRow>`
    SELECT ${ORDER_COLUMNS} FROM supervision.supervision_order o
    WHERE o.tenant_id = ${tenant} AND o.state = ANY(${states}) AND ${inBox(permissions, actor, filter.box)}
      ${filter.colour ? sql`AND o.colour = ${filter.colour}` : sql``}
      ${filter.addressee ? sql`AND o.addressee_id = ${filter.addressee}::uuid` : sql``}
      ${after ? sql`AND (o.issued_at, o.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    ORDER BY o.issued_at DESC, o.id DESC LIMIT ${page.limit + 1}`.execute(tx);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next = rows.length > page.limit && last ? writePosition({ at: last.issued_at, id: last.id }) : null;
  return { items: shown.map(toOrder), next };
}

function inBox(permissions: Permissions, actor: Actor, box: OrderFilter['box']) {
  const own = actor.kind === 'officer' ? [...organisationsOf(actor)] : [];
  switch (box) {
    case 'mine':
      return sql`o.addressee_id = ANY(${own}::uuid[])`;
    case 'issued':
      return sql`o.reviewer_id = ANY(${own}::uuid[])`;
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
