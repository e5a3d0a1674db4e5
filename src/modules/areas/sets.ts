import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { attempt } from '../../platform/database/transaction.ts';
import { removed } from './addresses.ts';
import type { AREA_SET_KINDS, AreaSetItem } from './contract.ts';
import { isActive } from './rules/area.ts';
import { areaNames, areasOf, tenant } from './store.ts';

type SetKind = (typeof AREA_SET_KINDS)[number];
type SetRow = { id: string; kind: SetKind; name: string; valid_from: string; valid_to: string | null; version: number };
type MemberRow = { set_id: string; code: string; valid_from: string; valid_to: string | null };

async function present(tx: ReadTx, rows: readonly SetRow[]): Promise<AreaSetItem[]> {
  const members = await sql<MemberRow>`
    SELECT set_id, code, valid_from::text, valid_to::text FROM areas.area_set_member
    WHERE tenant_id = ${tenant} AND set_id = ANY(${rows.map((row) => row.id)}::uuid[])
    ORDER BY code, valid_from`.execute(tx);
  const names = await areaNames(
    tx,
    members.rows.map((member) => member.code),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    version: row.version,
    members: members.rows
      .filter((member) => member.set_id === row.id)
      .map(({ code, valid_from: validFrom, valid_to: validTo }) => {
        const { name, path } = names.get(code) ?? { name: code, path: code };
        return { code, name, path, validFrom, validTo };
      }),
  }));
}

const COLUMNS = sql`id, kind, name, valid_from::text, valid_to::text, version`;

export async function pageOfSets(
  tx: ReadTx,
  query: { readonly after?: string | undefined; readonly limit: number; readonly ended?: boolean | undefined },
): Promise<{ items: AreaSetItem[]; next: string | null }> {
  const found = await sql<SetRow>`
    SELECT ${COLUMNS} FROM areas.area_set
    WHERE tenant_id = ${tenant} AND (${query.ended === true} OR valid_to IS NULL)
      AND (${query.after ?? null}::text IS NULL OR name || '|' || id > ${query.after ?? ''} COLLATE "C")
    ORDER BY (name || '|' || id) COLLATE "C" LIMIT ${query.limit + 1}`.execute(tx);
  const rows = found.rows.slice(0, query.limit);
  const last = rows[rows.length - 1];
  const next = found.rows.length > query.limit && last ? `${last.name}|${last.id}` : null;
  return { items: await present(tx, rows), next };
}

async function findSet(tx: ReadTx, id: string): Promise<SetRow | null> {
  const found = await sql<SetRow>`
    SELECT ${COLUMNS} FROM areas.area_set WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
  return found.rows[0] ?? null;
}

/** The codes a set holds on the day of `at`; empty when it is over or unknown. Scopes are made of them. */
export async function areaSetCodes(tx: ReadTx, id: string, at: Date = new Date()): Promise<string[]> {
  const day = dayOf(at);
  const found = await sql<{ code: string }>`
    SELECT m.code FROM areas.area_set_member m
    JOIN areas.area_set s ON s.tenant_id = m.tenant_id AND s.id = m.set_id
    WHERE m.tenant_id = ${tenant} AND m.set_id = ${id} AND m.valid_from <= ${day}::date
      AND (m.valid_to IS NULL OR m.valid_to > ${day}::date) AND (s.valid_to IS NULL OR s.valid_to > ${day}::date)
    ORDER BY m.code`.execute(tx);
  return found.rows.map((row) => row.code);
}

/** Members must be open areas, none inside another: a street holds its villages already. */
async function refuseMembers(tx: ReadTx, codes: readonly string[], day: string): Promise<Refusal | null> {
  const known = await areasOf(tx, codes);
  const unknown = codes.find((code) => !known.some((area) => area.code === code && isActive(area, day)));
  if (unknown !== undefined) return refuse('areas.member_unknown', { code: unknown });
  const nested = codes.find((code) => codes.some((other) => other !== code && code.startsWith(other)));
  if (nested === undefined) return null;
  const inner = known.find((area) => area.code === nested);
  const outer = known.find((area) => area.code !== nested && nested.startsWith(area.code));
  return refuse('areas.member_nested', { inner: inner?.name ?? nested, outer: outer?.name ?? '' });
}

async function refuseName(tx: ReadTx, name: string, id: string): Promise<Refusal | null> {
  const found = await sql`
    SELECT id FROM areas.area_set
    WHERE tenant_id = ${tenant} AND name = ${name} AND valid_to IS NULL AND id <> ${id}`.execute(tx);
  return found.rows.length > 0 ? refuse('areas.set_name_taken', { name }) : null;
}

export async function createSet(
  tx: WriteTx,
  asked: {
    readonly kind: SetKind;
    readonly name: string;
    readonly validFrom?: string | undefined;
    readonly members: readonly string[];
  },
  now: Date,
): Promise<Result<AreaSetItem>> {
  const day = dayOf(now);
  const codes = [...new Set(asked.members)];
  const id = uuidv7(now.getTime());
  const refused = (await refuseMembers(tx, codes, day)) ?? (await refuseName(tx, asked.name, id));
  if (refused) return refused;
  const from = asked.validFrom ?? day;
  await sql`
    INSERT INTO areas.area_set (tenant_id, id, kind, name, valid_from, version, updated_at)
    VALUES (${tenant}, ${id}, ${asked.kind}, ${asked.name}, ${from}::date, 1, now())`.execute(tx);
  await addMembers(tx, id, codes, from);
  return presentOne(tx, id);
}

async function addMembers(tx: WriteTx, id: string, codes: readonly string[], from: string): Promise<void> {
  await sql`
    INSERT INTO areas.area_set_member (tenant_id, set_id, code, valid_from)
    SELECT ${tenant}, ${id}, code, ${from}::date FROM unnest(${[...codes]}::text[]) AS c(code)
    ON CONFLICT (tenant_id, set_id, code, valid_from) DO UPDATE SET valid_to = NULL`.execute(tx);
}

async function presentOne(tx: ReadTx, id: string): Promise<Result<AreaSetItem>> {
  const row = await findSet(tx, id);
  const [item] = row ? await present(tx, [row]) : [];
  return item ?? refuse('areas.set_not_found');
}

async function openSet(tx: WriteTx, id: string): Promise<Result<SetRow>> {
  await sql`SELECT id FROM areas.area_set WHERE tenant_id = ${tenant} AND id = ${id} FOR UPDATE`.execute(tx);
  const row = await findSet(tx, id);
  if (!row) return refuse('areas.set_not_found');
  return row.valid_to === null ? row : refuse('areas.set_ended', { name: row.name, on: row.valid_to });
}

export async function changeSet(
  tx: WriteTx,
  id: string,
  asked: {
    readonly version: number;
    readonly kind?: SetKind | undefined;
    readonly name?: string | undefined;
    readonly members?: readonly string[] | undefined;
  },
  now: Date,
): Promise<Result<AreaSetItem>> {
  const day = dayOf(now);
  const row = await openSet(tx, id);
  if (isRefusal(row)) return row;
  if (row.version !== asked.version) return refuse('areas.changed_meanwhile', { name: row.name });
  const codes = asked.members === undefined ? null : [...new Set(asked.members)];
  const refused =
    (codes && (await refuseMembers(tx, codes, day))) ?? (asked.name ? await refuseName(tx, asked.name, id) : null);
  if (refused) return refused;
  await sql`
    UPDATE areas.area_set SET kind = ${asked.kind ?? row.kind}, name = ${asked.name ?? row.name},
      version = version + 1, updated_at = now()
    WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
  if (codes) await replaceMembers(tx, id, codes, day);
  return presentOne(tx, id);
}

async function replaceMembers(tx: WriteTx, id: string, codes: readonly string[], day: string): Promise<void> {
  const present = await sql<{ code: string }>`
    SELECT code FROM areas.area_set_member
    WHERE tenant_id = ${tenant} AND set_id = ${id} AND valid_to IS NULL`.execute(tx);
  const now = present.rows.map((row) => row.code);
  await sql`
    UPDATE areas.area_set_member SET valid_to = greatest(valid_from, ${day}::date)
    WHERE tenant_id = ${tenant} AND set_id = ${id} AND valid_to IS NULL
      AND code <> ALL(${[...codes]})`.execute(tx);
  await addMembers(
    tx,
    id,
    codes.filter((code) => !now.includes(code)),
    day,
  );
}

export async function closeSet(
  tx: WriteTx,
  id: string,
  asked: { readonly version: number; readonly day?: string | undefined },
  now: Date,
): Promise<Result<AreaSetItem>> {
  const today = dayOf(now);
  const day = asked.day ?? today;
  const row = await openSet(tx, id);
  if (isRefusal(row)) return row;
  if (row.version !== asked.version) return refuse('areas.changed_meanwhile', { name: row.name });
  if (day > today) return refuse('areas.day_in_future', { today });
  if (day < row.valid_from) return refuse('areas.day_before_start', { from: row.valid_from });
  await sql`
    UPDATE areas.area_set SET valid_to = ${day}::date, version = version + 1, updated_at = now()
    WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
  await sql`
    UPDATE areas.area_set_member SET valid_to = greatest(valid_from, ${day}::date)
    WHERE tenant_id = ${tenant} AND set_id = ${id} AND valid_to IS NULL`.execute(tx);
  return presentOne(tx, id);
}

/** Deletes a set that nothing refers to. */
export async function deleteSet(tx: WriteTx, id: string): Promise<Result<{ ok: true }>> {
  return removed('areas.set_not_found', () =>
    attempt(tx, async () => {
      await sql`DELETE FROM areas.area_set_member WHERE tenant_id = ${tenant} AND set_id = ${id}`.execute(tx);
      return sql`DELETE FROM areas.area_set WHERE tenant_id = ${tenant} AND id = ${id}`.execute(tx);
    }),
  );
}
