import { sql } from 'kysely';
import type { ReadTx } from '../../platform/database/database.ts';
import { dayOf } from '../../kit/time.ts';
import { type Organisation, organisationsNear, organisationsOf } from '../organisations/index.ts';
import { applicableEntries, type DispatchEntry, type EntryLevel, leadByKind } from './rules/dispatch.ts';
import { keepAt } from './kept.ts';
import { ENTRY_COLUMNS, type EntryRow, inForce, tenant, toEntry } from './rows.ts';
import { classNames } from './store.ts';

/** What the dispatch list proposes; a person confirms. */
export type Suggestion = {
  readonly entryId: string;
  readonly entryNumber: number;
  readonly organisationId: string;
  readonly assistIds: readonly string[];
  readonly legalBasis: string;
  readonly level: EntryLevel;
  /** 派单目录第 17 条：路灯 → 市住建局. A text key and its values in both languages. */
  readonly reason: { readonly key: 'catalogue.suggestion'; readonly values: Readonly<Record<string, string | number>> };
};

type Question = { readonly classCode: string; readonly areaCode: string; readonly at: Date };
type Resolved = {
  readonly entry: DispatchEntry;
  readonly lead: Organisation;
  readonly assists: readonly Organisation[];
};

/** The entries of the list that hold for a class at a place, each with the bodies it means there. */
async function resolveEntries(tx: ReadTx, { classCode, areaCode, at }: Question): Promise<Resolved[]> {
  const listed = await keepAt(tx, `entries of ${classCode}`, at, async () => {
    const found = await sql<EntryRow>`
      SELECT ${ENTRY_COLUMNS} FROM catalogue.dispatch_entry e
      WHERE e.tenant_id = ${tenant} AND ${inForce('e', at)} AND e.class_code IN (${classCode}, (
        SELECT c.parent_code FROM catalogue.class c
        WHERE c.tenant_id = ${tenant} AND c.code = ${classCode} AND ${inForce('c', at)}))`.execute(tx);
    return found.rows.map(toEntry);
  });
  const entries = applicableEntries(listed, classCode, areaCode);
  const kinds = entries.flatMap((entry) => [...(entry.leadKind ? [entry.leadKind] : []), ...entry.assistKinds]);
  const near = await organisationsNear(tx, [...new Set(kinds)], areaCode);
  const named = await organisationsOf(
    tx,
    entries.flatMap((entry) => [...(entry.leadOrganisationId ? [entry.leadOrganisationId] : []), ...entry.assistIds]),
  );
  const byId = new Map([...near.map((one) => [one.id, one] as const), ...named]);
  const day = dayOf(at);
  return entries.flatMap((entry) => {
    const leadId = entry.leadOrganisationId ?? leadByKind(entry, areaCode, near)?.id;
    const lead = leadId === undefined ? undefined : byId.get(leadId);
    if (!lead || (lead.validTo !== null && lead.validTo <= day)) return [];
    return [{ entry, lead, assists: assistsOf(entry, lead, near, byId) }];
  });
}

function assistsOf(
  entry: DispatchEntry,
  lead: Organisation,
  near: readonly Organisation[],
  byId: ReadonlyMap<string, Organisation>,
): readonly Organisation[] {
  const byKind = entry.assistKinds.flatMap((kind) => near.find((one) => one.kind === kind) ?? []);
  const byName = entry.assistIds.flatMap((id) => byId.get(id) ?? []);
  const all = new Map([...byKind, ...byName].map((one) => [one.id, one]));
  all.delete(lead.id);
  return [...all.values()].filter((one) => one.validTo === null);
}

/**
 * Whom the dispatch list names for a class at a place, in the order of entries. A village or a grid comes up only by
 * an entry of its own level. Empty when the list says nothing.
 */
export async function suggestDispatch(tx: ReadTx, question: Question): Promise<Suggestion[]> {
  const resolved = await resolveEntries(tx, question);
  const names = await classNames(tx, [question.classCode]);
  const name = names.get(question.classCode);
  return resolved.map(({ entry, lead, assists }) => ({
    entryId: entry.id,
    entryNumber: entry.entryNumber,
    organisationId: lead.id,
    assistIds: assists.map((one) => one.id),
    legalBasis: entry.legalBasis,
    level: entry.level,
    reason: {
      key: 'catalogue.suggestion',
      values: {
        number: entry.entryNumber,
        classZh: name?.nameZh ?? question.classCode,
        classEn: name?.nameEn ?? question.classCode,
        leadZh: lead.shortName,
        leadEn: lead.nameEn,
      },
    },
  }));
}

export type ListedEntry = Pick<Suggestion, 'entryId' | 'entryNumber' | 'level' | 'legalBasis' | 'assistIds'>;

/** The entry by which an organisation leads a class at a place; null when the list does not name it. */
export async function dispatchEntryFor(
  tx: ReadTx,
  question: Question & { readonly organisationId: string },
): Promise<ListedEntry | null> {
  const found = (await resolveEntries(tx, question)).find(({ lead }) => lead.id === question.organisationId);
  if (!found) return null;
  const { entry, assists } = found;
  return {
    entryId: entry.id,
    entryNumber: entry.entryNumber,
    level: entry.level,
    legalBasis: entry.legalBasis,
    assistIds: assists.map((one) => one.id),
  };
}
