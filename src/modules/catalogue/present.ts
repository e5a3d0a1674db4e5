import { type RawBuilder, sql } from 'kysely';
import type { ClockType } from '../../kit/deadline.ts';
import { type Result, refuse } from '../../kit/result.ts';
import { dayOf } from '../../kit/time.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import type { AnswerOf, QueryOf } from '../../platform/http/contract.ts';
import { areaNames } from '../areas/index.ts';
import { organisationKinds, organisationNames } from '../organisations/index.ts';
import type {
  ClassDetail,
  ClassItem,
  DeadlineView,
  EntryItem,
  listClasses as listContract,
  listEntries,
} from './contract.ts';
import {
  DEADLINE_STAGES,
  type DeadlineRow,
  type DeadlineStage,
  DEFAULT,
  effectiveDeadlines,
} from './rules/deadlines.ts';
import { stateAt } from './rules/dating.ts';
import type { DispatchEntry } from './rules/dispatch.ts';
import {
  CLASS_COLUMNS,
  type ClassRow,
  ENTRY_COLUMNS,
  type EntryRow,
  inForce,
  tenant,
  toClass,
  toEntry,
} from './rows.ts';
import { classNames, deadlineRows, findClass, listClasses, versionAt } from './store.ts';
import { refuseClosing } from './write-classes.ts';

/** The deadlines of a class for a screen, in the order of stages. */
function viewOf(rows: readonly DeadlineRow[], code: string, parentCode: string | null): DeadlineView[] {
  const effective = effectiveDeadlines(rows, code, parentCode);
  return DEADLINE_STAGES.map((stage) => ({ stage, ...effective[stage] }));
}

/** All classes of a moment with the deadlines that hold for each. */
export async function presentClasses(
  tx: ReadTx,
  at: Date,
  lane: QueryOf<typeof listContract>['lane'],
  now: Date,
): Promise<AnswerOf<typeof listContract>> {
  const version = await versionAt(tx, at);
  if (version === null) return { version: null, items: [], defaults: [] };
  const classes = await listClasses(tx, at);
  const rows = await deadlineRows(tx, [DEFAULT, ...classes.map((each) => each.code)], at);
  const planned = await plannedDays(tx, now);
  const items: ClassItem[] = classes
    .filter((each) => lane === undefined || each.lane === lane)
    .map(({ validFrom: _from, validTo: _to, version: _version, ...facts }) => ({
      ...facts,
      keywords: [...facts.keywords],
      deadlines: viewOf(rows, facts.code, facts.parentCode),
      plannedFrom: planned.get(facts.code) ?? null,
    }));
  return { version, items, defaults: viewOf(rows, DEFAULT, null) };
}

/** Classes that will change or close, and on which day. */
async function plannedDays(tx: ReadTx, now: Date): Promise<Map<string, string>> {
  const found = await sql<{ code: string; at: Date }>`
    SELECT code, max(greatest(valid_from, coalesce(valid_to, valid_from))) AS at FROM catalogue.class
    WHERE tenant_id = ${tenant} AND (valid_from > ${now} OR valid_to > ${now}) GROUP BY code`.execute(tx);
  return new Map(found.rows.map((row) => [row.code, dayOf(row.at)]));
}

/** One class through time. */
export async function presentClass(tx: ReadTx, code: string, now: Date): Promise<Result<ClassDetail>> {
  const found = await sql<ClassRow & { note: string }>`
    SELECT ${CLASS_COLUMNS}, v.note FROM catalogue.class c
    JOIN catalogue.catalogue_version v ON v.tenant_id = c.tenant_id AND v.version = c.version
    WHERE c.tenant_id = ${tenant} AND c.code = ${code} ORDER BY c.valid_from DESC, c.version DESC`.execute(tx);
  const newest = found.rows[0];
  if (!newest) return refuse('catalogue.class_unknown', { code });
  const parentCode = newest.parent_code;
  const rows = await deadlineRows(tx, [code, DEFAULT, ...(parentCode === null ? [] : [parentCode])], now);
  const current = await findClass(tx, code, now);
  const closing =
    current === null ? refuse('catalogue.class_unknown', { code }) : await refuseClosing(tx, current, now);
  const parentNames = parentCode === null ? null : (await classNames(tx, [parentCode])).get(parentCode);
  return {
    code,
    parent: parentCode === null ? null : { code: parentCode, nameZh: parentCode, nameEn: parentCode, ...parentNames },
    children: await childrenOf(tx, code, now),
    versions: found.rows.map((row) => presentVersion(row, now)),
    deadlines: viewOf(rows, code, parentCode),
    history: await historyOf(tx, code),
    closeRefusal: closing?.code ?? null,
  };
}

function presentVersion(row: ClassRow & { note: string }, now: Date): ClassDetail['versions'][number] {
  const { code: _code, parentCode: _parent, fallback: _fallback, ...facts } = toClass(row, row.version);
  return {
    ...facts,
    keywords: [...facts.keywords],
    validFrom: facts.validFrom.toISOString(),
    validTo: facts.validTo?.toISOString() ?? null,
    state: stateAt(facts, now),
    note: row.note,
  };
}

async function childrenOf(tx: ReadTx, code: string, at: Date): Promise<ClassDetail['children']> {
  const found = await sql<{ code: string; name_zh: string; name_en: string }>`
    SELECT c.code, c.name_zh, c.name_en FROM catalogue.class c
    WHERE c.tenant_id = ${tenant} AND c.parent_code = ${code} AND ${inForce('c', at)} ORDER BY c.code`.execute(tx);
  return found.rows.map((row) => ({ code: row.code, nameZh: row.name_zh, nameEn: row.name_en }));
}

async function historyOf(tx: ReadTx, code: string): Promise<ClassDetail['history']> {
  const found = await sql<{
    stage: DeadlineStage;
    amount: string;
    clock: ClockType;
    basis: string;
    valid_from: Date;
    valid_to: Date | null;
  }>`
    SELECT stage, amount, clock, basis, valid_from, valid_to FROM catalogue.deadline
    WHERE tenant_id = ${tenant} AND class_code = ${code} ORDER BY valid_from DESC, stage`.execute(tx);
  return found.rows.map((row) => ({
    stage: row.stage,
    amount: Number(row.amount),
    clock: row.clock,
    basis: row.basis,
    validFrom: row.valid_from.toISOString(),
    validTo: row.valid_to?.toISOString() ?? null,
  }));
}

/** Whether the reader may end entries of an area. */
export type EntryView = { readonly now: Date; readonly manages: (areaCode: string) => boolean };

type ShownEntry = DispatchEntry & { readonly endReason: string | null };

/** Entries for a screen: names of classes, bodies and areas in four queries, whatever the number. */
export async function presentEntries(
  tx: ReadTx,
  entries: readonly ShownEntry[],
  view: EntryView,
): Promise<EntryItem[]> {
  const kinds = new Map((await organisationKinds(tx)).map((kind) => [kind.kind, kind]));
  const ids = entries.flatMap((entry) => [
    ...(entry.leadOrganisationId ? [entry.leadOrganisationId] : []),
    ...entry.assistIds,
  ]);
  const bodies = await organisationNames(tx, ids);
  const classes = await classNames(
    tx,
    entries.map((entry) => entry.classCode),
  );
  const areas = await areaNames(
    tx,
    entries.map((entry) => entry.areaCode),
  );
  const byKind = (kind: string) => {
    const found = kinds.get(kind);
    return { by: 'kind' as const, kind: { kind, nameZh: found?.nameZh ?? kind, nameEn: found?.nameEn ?? kind } };
  };
  const byId = (id: string) => ({
    by: 'organisation' as const,
    organisation: { id, name: id, nameEn: id, shortName: id, ...bodies.get(id) },
  });
  return entries.map((entry) => ({
    id: entry.id,
    number: entry.entryNumber,
    class: { code: entry.classCode, nameZh: entry.classCode, nameEn: entry.classCode, ...classes.get(entry.classCode) },
    level: entry.level,
    area: { code: entry.areaCode, name: entry.areaCode, path: entry.areaCode, ...areas.get(entry.areaCode) },
    lead: entry.leadOrganisationId ? byId(entry.leadOrganisationId) : byKind(entry.leadKind ?? ''),
    assists: [...entry.assistKinds.map(byKind), ...entry.assistIds.map(byId)],
    legalBasis: entry.legalBasis,
    decidedBy: entry.decidedBy,
    sample: entry.sample,
    validFrom: entry.validFrom.toISOString(),
    validTo: entry.validTo?.toISOString() ?? null,
    state: stateAt(entry, view.now),
    endReason: entry.endReason,
    endRefusal: endRefusal(entry, view),
  }));
}

function endRefusal(entry: DispatchEntry, view: EntryView): string | null {
  if (!view.manages(entry.areaCode)) return 'auth.forbidden';
  return stateAt(entry, view.now) === 'over' ? 'catalogue.entry_over' : null;
}

/** One page of the dispatch list in the order of its numbers. */
export async function pageOfEntries(
  tx: ReadTx,
  query: QueryOf<typeof listEntries>,
  view: EntryView,
): Promise<Result<AnswerOf<typeof listEntries>>> {
  const after = query.after === undefined ? null : /^(\d{1,9})\.([0-9a-f-]{36})$/.exec(query.after);
  if (query.after !== undefined && after === null) return refuse('http.bad_request');
  const conditions = [sql`e.tenant_id = ${tenant}`, ...filters(query, view.now)];
  if (after) conditions.push(sql`(e.entry_number, e.id) > (${Number(after[1])}::int, ${after[2]}::uuid)`);
  const found = await sql<EntryRow & { end_reason: string | null }>`
    SELECT ${ENTRY_COLUMNS}, e.end_reason FROM catalogue.dispatch_entry e
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY e.entry_number, e.id LIMIT ${query.limit + 1}`.execute(tx);
  const shown = found.rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await presentEntries(
      tx,
      shown.map((row) => ({ ...toEntry(row), endReason: row.end_reason })),
      view,
    ),
    next: found.rows.length > shown.length && last ? `${last.entry_number}.${last.id}` : null,
  };
}

function filters(query: QueryOf<typeof listEntries>, now: Date): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  if (query.over !== true) conditions.push(sql`(e.valid_to IS NULL OR e.valid_to > ${now})`);
  if (query.classCode) conditions.push(sql`starts_with(e.class_code, ${query.classCode})`);
  if (query.level) conditions.push(sql`e.level = ${query.level}`);
  if (query.areaCode) conditions.push(sql`e.area_code = ${query.areaCode}`);
  if (query.organisationId) {
    conditions.push(sql`(e.lead_organisation_id = ${query.organisationId}::uuid OR e.lead_kind = (
      SELECT o.kind FROM organisations.organisation o
      WHERE o.tenant_id = e.tenant_id AND o.id = ${query.organisationId}::uuid))`);
  }
  const text = query.q?.trim();
  if (text) {
    const words = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    conditions.push(sql`(e.legal_basis LIKE ${words} OR e.decided_by LIKE ${words}
      OR EXISTS (SELECT 1 FROM catalogue.class c WHERE c.tenant_id = e.tenant_id AND c.code = e.class_code
        AND (c.name_zh LIKE ${words} OR c.name_en ILIKE ${words}))
      OR EXISTS (SELECT 1 FROM organisations.kind k WHERE k.tenant_id = e.tenant_id AND k.kind = e.lead_kind
        AND (k.name_zh LIKE ${words} OR k.name_en ILIKE ${words}))
      OR EXISTS (SELECT 1 FROM organisations.organisation o WHERE o.tenant_id = e.tenant_id
        AND o.id = e.lead_organisation_id AND (o.name LIKE ${words} OR o.short_name LIKE ${words} OR o.name_en ILIKE ${words})))`);
  }
  return conditions;
}
