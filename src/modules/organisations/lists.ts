import { type RawBuilder, sql } from 'kysely';
import { prefixRange } from '../../kit/codes.ts';
import { type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import { readCursor, writeCursor } from '../../platform/database/cursor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { AnswerOf, QueryOf } from '../../platform/http/contract.ts';
import { areaNames } from '../areas/index.ts';
import type { listOrganisations, listPeople, listPosts, OrganisationItem, PostItem } from './contract.ts';
import { type PostView, presentPosts } from './present.ts';
import { ORGANISATION_COLUMNS, type OrganisationRow, POST_COLUMNS, type PostRow, tenant } from './rows.ts';

/** Text as a LIKE pattern that finds it anywhere. */
function anywhere(text: string): string {
  return `%${text.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

function within(column: RawBuilder<unknown>, areaCode: string): RawBuilder<boolean> {
  const [from, to] = prefixRange(areaCode);
  return sql<boolean>`(${column} >= ${from} AND ${column} < ${to})`;
}

type Row = OrganisationRow & { position: number; directs: number };

/** One page of organisations in the order of areas and kinds. */
export async function pageOfOrganisations(
  tx: ReadTx,
  query: QueryOf<typeof listOrganisations>,
  now: Date,
): Promise<Result<AnswerOf<typeof listOrganisations>>> {
  const after = readCursor(query.after, 'text', 'smallint', 'uuid');
  if (after === null) return refuse('http.bad_request');
  const conditions = [sql`o.tenant_id = ${tenant}`, ...filters(query, dayOf(now))];
  if (after) {
    conditions.push(
      sql`(o.area_code, k.position, o.id) > (${after[0]}, ${Number(after[1])}::smallint, ${after[2]}::uuid)`,
    );
  }
  const found = await sql<Row>`
    SELECT ${ORGANISATION_COLUMNS}, k.position, (SELECT count(*)::int FROM organisations.organisation d
      WHERE d.tenant_id = o.tenant_id AND d.directing_body_id = o.id AND d.valid_to IS NULL) AS directs
    FROM organisations.organisation o JOIN organisations.kind k ON k.tenant_id = o.tenant_id AND k.kind = o.kind
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY o.area_code, k.position, o.id LIMIT ${query.limit + 1}`.execute(tx);
  const shown = found.rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await presentOrganisations(tx, shown),
    next: found.rows.length > shown.length && last ? writeCursor(last.area_code, last.position, last.id) : null,
  };
}

function filters(query: QueryOf<typeof listOrganisations>, today: string): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  if (query.closed !== true) conditions.push(sql`(o.valid_to IS NULL OR o.valid_to > ${today}::date)`);
  if (query.kind) conditions.push(sql`o.kind = ${query.kind}`);
  if (query.level) conditions.push(sql`o.level = ${query.level}`);
  if (query.areaCode) conditions.push(within(sql`o.area_code`, query.areaCode));
  if (query.lineOf) conditions.push(sql`o.line_superior_id = ${query.lineOf}::uuid`);
  if (query.directedBy === 'top') conditions.push(sql`o.directing_body_id IS NULL`);
  else if (query.directedBy) conditions.push(sql`o.directing_body_id = ${query.directedBy}::uuid`);
  if (query.q?.trim()) {
    const words = anywhere(query.q);
    conditions.push(sql`(o.name LIKE ${words} OR o.short_name LIKE ${words} OR o.name_en ILIKE ${words}
      OR EXISTS (SELECT 1 FROM organisations.former_name f WHERE f.tenant_id = o.tenant_id
        AND f.organisation_id = o.id AND (f.name LIKE ${words} OR f.short_name LIKE ${words})))`);
  }
  return conditions;
}

async function presentOrganisations(tx: ReadTx, rows: readonly Row[]): Promise<OrganisationItem[]> {
  const areas = await areaNames(
    tx,
    rows.map((row) => row.area_code),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    level: row.level,
    name: row.name,
    nameEn: row.name_en,
    shortName: row.short_name,
    area: { code: row.area_code, name: '', path: '', ...areas.get(row.area_code) },
    phone: row.phone,
    external: row.external,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    directs: row.directs,
  }));
}

/** True for a scope inside the reader's: one of his prefixes covers every code of it. */
function scopeInside(prefixes: readonly string[]): RawBuilder<boolean> {
  const patterns = prefixes.map((prefix) => `${prefix}%`);
  return sql<boolean>`NOT EXISTS (SELECT 1 FROM unnest(p.scope) AS s (code) WHERE NOT s.code LIKE ANY(${patterns}::text[]))`;
}

/** One page of posts within the reader's scope, newest first. */
export async function pageOfPosts(
  tx: ReadTx,
  query: QueryOf<typeof listPosts>,
  view: PostView,
  readable: readonly string[],
): Promise<Result<{ items: PostItem[]; next: string | null }>> {
  const after = readCursor(query.after, 'uuid');
  if (after === null) return refuse('http.bad_request');
  const conditions: RawBuilder<unknown>[] = [sql`p.tenant_id = ${tenant}`, scopeInside(readable)];
  if (after) conditions.push(sql`p.id < ${after[0]}::uuid`);
  if (query.userId) conditions.push(sql`p.user_id = ${query.userId}`);
  if (query.role) conditions.push(sql`p.role = ${query.role}`);
  if (query.gridRole) conditions.push(sql`p.grid_role = ${query.gridRole}`);
  if (query.areaCode) {
    conditions.push(
      sql`EXISTS (SELECT 1 FROM unnest(p.scope) AS s (code) WHERE starts_with(s.code, ${query.areaCode}))`,
    );
  }
  if (query.over !== true) conditions.push(sql`(p.valid_to IS NULL OR p.valid_to > ${view.today}::date)`);
  if (query.q?.trim()) {
    const words = anywhere(query.q);
    conditions.push(sql`EXISTS (SELECT 1 FROM organisations.person n WHERE n.tenant_id = p.tenant_id
      AND n.user_id = p.user_id AND (n.name LIKE ${words} OR n.name_en ILIKE ${words}))`);
  }
  const found = await sql<PostRow & { end_reason: string | null }>`
    SELECT ${POST_COLUMNS}, p.end_reason FROM organisations.post p WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY p.id DESC LIMIT ${query.limit + 1}`.execute(tx);
  const shown = found.rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await presentPosts(tx, shown, view),
    next: found.rows.length > shown.length && last ? writeCursor(last.id) : null,
  };
}

/** One page of officers in the order of names, with how many posts each holds. */
export async function pageOfPeople(
  tx: ReadTx,
  query: QueryOf<typeof listPeople>,
  now: Date,
): Promise<Result<AnswerOf<typeof listPeople>>> {
  const after = readCursor(query.after, 'text', 'text');
  if (after === null) return refuse('http.bad_request');
  const conditions: RawBuilder<unknown>[] = [sql`n.tenant_id = ${tenant}`];
  if (after) conditions.push(sql`(n.name, n.user_id) > (${after[0]}, ${after[1]})`);
  if (query.q?.trim()) {
    const words = anywhere(query.q);
    conditions.push(sql`(n.name LIKE ${words} OR n.name_en ILIKE ${words})`);
  }
  const today = dayOf(now);
  const found = await sql<{ user_id: string; name: string; name_en: string; phone: string | null; posts: number }>`
    SELECT n.user_id, n.name, n.name_en, n.phone, (SELECT count(*)::int FROM organisations.post p
      WHERE p.tenant_id = n.tenant_id AND p.user_id = n.user_id AND p.valid_from <= ${today}::date
        AND (p.valid_to IS NULL OR p.valid_to > ${today}::date)) AS posts
    FROM organisations.person n WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY n.name, n.user_id LIMIT ${query.limit + 1}`.execute(tx);
  const shown = found.rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      userId: row.user_id,
      name: row.name,
      nameEn: row.name_en,
      phone: row.phone,
      posts: row.posts,
    })),
    next: found.rows.length > shown.length && last ? writeCursor(last.name, last.user_id) : null,
  };
}
