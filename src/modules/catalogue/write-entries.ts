import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { BodyOf } from '../../platform/http/contract.ts';
import { isOpenArea } from '../areas/index.ts';
import { type OrganisationKind, organisationKinds, organisationsOf } from '../organisations/index.ts';
import type { createEntry, LeadInput } from './contract.ts';
import { effectiveFrom } from './rules/dating.ts';
import { type DispatchEntry, type EntryLevel, refuseOverlap } from './rules/dispatch.ts';
import { ENTRY_COLUMNS, type EntryRow, tenant, toEntry } from './rows.ts';
import { findClass } from './store.ts';

export type NewEntry = Omit<BodyOf<typeof createEntry>, 'from' | 'replaces'> & {
  readonly from: Date;
  readonly replaces: DispatchEntry | null;
};

/** The entry of `id`, over or not; null when there never was one. */
export async function findEntry(tx: ReadTx, id: string): Promise<DispatchEntry | null> {
  const found = await sql<EntryRow>`
    SELECT ${ENTRY_COLUMNS} FROM catalogue.dispatch_entry e
    WHERE e.tenant_id = ${tenant} AND e.id = ${id}::uuid`.execute(tx);
  const row = found.rows[0];
  return row ? toEntry(row) : null;
}

/** Every entry that is not over at a moment: a county's list is some hundred rows. */
export async function openEntries(tx: ReadTx, at: Date): Promise<DispatchEntry[]> {
  const found = await sql<EntryRow>`
    SELECT ${ENTRY_COLUMNS} FROM catalogue.dispatch_entry e
    WHERE e.tenant_id = ${tenant} AND (e.valid_to IS NULL OR e.valid_to > ${at})
    ORDER BY e.entry_number, e.id`.execute(tx);
  return found.rows.map(toEntry);
}

/** Puts an entry on the list. The caller holds the catalogue's lock and has checked the actor's scope. */
export async function insertEntry(
  tx: WriteTx,
  actor: Actor,
  entry: NewEntry,
  now: Date,
): Promise<Result<{ id: string; number: number }>> {
  const misfit = await refuseEntry(tx, entry);
  if (misfit) return misfit;
  const replaced = entry.replaces;
  const others = (await openEntries(tx, entry.from)).filter((other) => other.id !== replaced?.id);
  const number = entry.number ?? replaced?.entryNumber ?? (await nextNumber(tx));
  const overlap = refuseOverlap({ ...entry, entryNumber: number, validFrom: entry.from, validTo: null }, others);
  if (overlap) return refuse(overlap.code, { number: overlap.number });
  if (replaced) await shortenEntry(tx, actor, replaced, entry.from, '');
  const id = uuidv7(now.getTime());
  const ids = entry.assists.flatMap((each) => (each.by === 'organisation' ? [each.id] : []));
  const kinds = entry.assists.flatMap((each) => (each.by === 'kind' ? [each.kind] : []));
  await sql`
    INSERT INTO catalogue.dispatch_entry (tenant_id, id, entry_number, class_code, level, area_code, lead_kind,
      lead_organisation_id, assist_kinds, assist_ids, legal_basis, decided_by, sample, valid_from, created_at, created_by)
    VALUES (${tenant}, ${id}, ${number}, ${entry.classCode}, ${entry.level}, ${entry.areaCode},
      ${entry.lead.by === 'kind' ? entry.lead.kind : null}, ${entry.lead.by === 'organisation' ? entry.lead.id : null},
      ${kinds}::text[], ${ids}::uuid[], ${entry.legalBasis}, ${entry.decidedBy ?? ''}, false, ${entry.from}, ${now},
      ${actorId(actor)})`.execute(tx);
  return { id, number };
}

async function nextNumber(tx: ReadTx): Promise<number> {
  const found = await sql<{ next: number }>`
    SELECT coalesce(max(entry_number), 0) + 1 AS next FROM catalogue.dispatch_entry
    WHERE tenant_id = ${tenant}`.execute(tx);
  return found.rows[0]?.next ?? 1;
}

async function refuseEntry(tx: ReadTx, entry: NewEntry): Promise<Refusal | null> {
  if (!(await findClass(tx, entry.classCode, entry.from))) {
    return refuse('catalogue.class_unknown', { code: entry.classCode });
  }
  if (!(await isOpenArea(tx, entry.areaCode, entry.from))) {
    return refuse('catalogue.area_unknown', { code: entry.areaCode });
  }
  const kinds = await organisationKinds(tx);
  const all: readonly { readonly body: LeadInput; readonly level: EntryLevel | null }[] = [
    { body: entry.lead, level: entry.level },
    ...entry.assists.map((body) => ({ body, level: null })),
  ];
  for (const { body, level } of all) {
    const refusal = body.by === 'kind' ? refuseKind(kinds, body.kind, level) : await refuseBody(tx, body.id, level);
    if (refusal) return refusal;
  }
  return null;
}

/** A grid's team is led through its village, so both levels name village bodies. */
function bodyLevel(level: EntryLevel): string {
  return level === 'grid' ? 'village' : level;
}

function refuseKind(kinds: readonly OrganisationKind[], kind: string, level: EntryLevel | null): Refusal | null {
  const known = kinds.find((one) => one.kind === kind);
  if (!known) return refuse('catalogue.kind_unknown', { kind });
  if (level === null || known.levels.some((one) => one === bodyLevel(level))) return null;
  return refuse('catalogue.lead_level', { name: known.nameZh });
}

async function refuseBody(tx: ReadTx, id: string, level: EntryLevel | null): Promise<Refusal | null> {
  const body = (await organisationsOf(tx, [id])).get(id);
  if (!body || body.validTo !== null) return refuse('catalogue.organisation_unknown');
  // A company or an organ of another place stands at no level of this one.
  if (level === null || body.external || body.level === bodyLevel(level)) return null;
  return refuse('catalogue.lead_level', { name: body.shortName });
}

async function shortenEntry(tx: WriteTx, actor: Actor, entry: DispatchEntry, to: Date, reason: string): Promise<Date> {
  const validTo = to < entry.validFrom ? entry.validFrom : to;
  await sql`
    UPDATE catalogue.dispatch_entry SET valid_to = ${validTo}, ended_by = ${actorId(actor)}, end_reason = ${reason}
    WHERE tenant_id = ${tenant} AND id = ${entry.id}`.execute(tx);
  return validTo;
}

/** Takes an entry off the list from a day on. */
export async function stopEntry(
  tx: WriteTx,
  actor: Actor,
  entry: DispatchEntry,
  ending: { readonly from?: string | undefined; readonly reason: string },
  now: Date,
): Promise<Result<Date>> {
  const over = refuseOver(entry, now);
  if (over) return over;
  const from = effectiveFrom(ending.from, now);
  return isRefusal(from) ? from : shortenEntry(tx, actor, entry, from, ending.reason);
}

/** An entry with an end laid down is not ended again. */
export function refuseOver(entry: DispatchEntry, now: Date): Refusal | null {
  return entry.validTo !== null && entry.validTo <= now
    ? refuse('catalogue.entry_over', { number: entry.entryNumber })
    : null;
}

/** Why an organisation must stay open: the dispatch list names it. */
export async function refuseListed(tx: ReadTx, organisationId: string): Promise<Refusal | null> {
  const found = await sql<{ entry_number: number }>`
    SELECT entry_number FROM catalogue.dispatch_entry
    WHERE tenant_id = ${tenant} AND (valid_to IS NULL OR valid_to > now())
      AND (lead_organisation_id = ${organisationId}::uuid OR ${organisationId}::uuid = ANY(assist_ids))
    ORDER BY entry_number LIMIT 1`.execute(tx);
  const number = found.rows[0]?.entry_number;
  return number === undefined ? null : refuse('catalogue.organisation_listed', { number });
}
