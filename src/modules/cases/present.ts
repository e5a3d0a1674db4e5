import { sql } from 'kysely';
import type { Permissions } from '../../platform/auth/permission.ts';
import type { Actor, Lane } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { fileInfos, type FileInfo } from '../../platform/files/index.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import { areaNames } from '../areas/index.ts';
import { classNames } from '../catalogue/index.ts';
import { organisationNames, personNames } from '../organisations/index.ts';
import { maskedRequester } from '../requesters/index.ts';
import type { CaseRow, CaseView } from './contract.ts';
import { availableActions } from './rules/available.ts';
import type { CaseContext } from './context.ts';
import { responsibleOrganisation } from './rules/responsible.ts';
import type { CaseState } from './rules/state.ts';
import type { StateName } from './rules/words.ts';
import type { StoredCase } from './stored.ts';

type Named = { id: string; name: string; nameEn: string; shortName: string };
type Names = {
  readonly areas: Awaited<ReturnType<typeof areaNames>>;
  readonly organisations: Awaited<ReturnType<typeof organisationNames>>;
  readonly classes: Awaited<ReturnType<typeof classNames>>;
};

async function namesFor(
  tx: ReadTx,
  wanted: { areas: readonly string[]; organisations: readonly (string | null)[]; classes: readonly string[] },
): Promise<Names> {
  const organisationIds = wanted.organisations.filter((id): id is string => id !== null);
  return {
    areas: await areaNames(tx, [...new Set(wanted.areas)]),
    organisations: await organisationNames(tx, [...new Set(organisationIds)]),
    classes: await classNames(tx, [...new Set(wanted.classes)]),
  };
}

function named(names: Names, id: string): Named {
  const found = names.organisations.get(id);
  return { id, name: found?.name ?? id, nameEn: found?.nameEn ?? id, shortName: found?.shortName ?? id };
}

function pathOf(names: Names, areaCode: string): string[] {
  return (names.areas.get(areaCode)?.path ?? areaCode).split('/').filter((part) => part !== '');
}

function classOf(names: Names, code: string): { code: string; nameZh: string; nameEn: string } {
  const found = names.classes.get(code);
  return { code, nameZh: found?.nameZh ?? code, nameEn: found?.nameEn ?? code };
}

const iso = (date: Date | null): string | null => (date ? date.toISOString() : null);

/** What a list reads of a case. */
export type ListRow = {
  id: string;
  number: string;
  version: number;
  state: StateName;
  lane: Lane;
  class_code: string;
  class_version: number;
  urgency: 'normal' | 'urgent';
  title: string;
  area_code: string;
  lon: number | null;
  lat: number | null;
  channel: 'portal' | 'phone' | 'counter' | 'grid' | 'import' | 'letter' | 'system';
  opened_at: Date;
  stage: string;
  stage_started_at: Date | null;
  stage_due_at: Date | null;
  total_due_at: Date | null;
  closed_at: Date | null;
  lead_organisation_id: string | null;
  settled_on_spot: boolean;
  imported: boolean;
};

/** Rows of a list with the names people know, in four statements whatever the page's length. */
export async function presentRows(tx: ReadTx, rows: readonly ListRow[]): Promise<CaseRow[]> {
  const names = await namesFor(tx, {
    areas: rows.map((row) => row.area_code),
    organisations: rows.map((row) => row.lead_organisation_id),
    classes: rows.map((row) => row.class_code),
  });
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    version: row.version,
    state: row.state,
    lane: row.lane,
    class: classOf(names, row.class_code),
    urgency: row.urgency,
    title: row.title,
    place: {
      areaCode: row.area_code,
      path: pathOf(names, row.area_code),
      point: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
    },
    channel: row.channel,
    openedAt: row.opened_at.toISOString(),
    stage: row.stage,
    stageStartedAt: iso(row.stage_started_at),
    stageDueAt: iso(row.stage_due_at),
    totalDueAt: iso(row.total_due_at),
    closedAt: iso(row.closed_at),
    lead: row.lead_organisation_id ? named(names, row.lead_organisation_id) : null,
    settledOnSpot: row.settled_on_spot,
    imported: row.imported,
  }));
}

export type EventView = {
  seq: number;
  kind: string;
  at: Date;
  actor_id: string;
  actor_kind: 'officer' | 'resident' | 'anonymous' | 'system';
  party: string | null;
  organisation_id: string | null;
  payload: Record<string, unknown>;
  content: Record<string, string> | null;
  erased_by: string | null;
  file_ids: string[];
};

/** All events of a case in order, with their words where not erased. */
export async function eventsOf(tx: ReadTx, actor: Actor, caseId: string): Promise<EventView[]> {
  const { rows } = await sql<EventView>`
    SELECT e.seq, e.kind, e.at, e.actor_id, e.actor_kind, e.party, e.organisation_id, e.payload, k.content, k.erased_by, e.file_ids
    FROM cases.event e LEFT JOIN cases.event_content k
      ON k.tenant_id = e.tenant_id AND k.case_id = e.case_id AND k.seq = e.seq
    WHERE e.tenant_id = ${actor.tenant} AND e.case_id = ${caseId}::uuid ORDER BY e.seq`.execute(tx);
  return rows;
}

/** Events whose words are addressed to the requester; notes are the office's own; machine steps carry no person. */
const PUBLIC_KINDS = new Set(['replied', 'rejected', 'referred', 'reported_done', 'settled', 'closed']);
const INTERNAL_KINDS = new Set(['noted']);

export function toneOf(event: EventView): 'step' | 'internal' | 'public' | 'machine' {
  // A joint step is written by the system in the name of whoever took it.
  if (event.kind === 'joint_step') return event.payload.by === null ? 'machine' : 'step';
  if (event.actor_kind === 'system' && event.kind !== 'registered' && event.kind !== 'imported') return 'machine';
  if (PUBLIC_KINDS.has(event.kind)) return 'public';
  return INTERNAL_KINDS.has(event.kind) ? 'internal' : 'step';
}

type Extra = {
  body: string;
  place_text: string | null;
  opened_at: Date;
  channel: CaseRow['channel'];
  class_parent: string | null;
};

/** The whole case page. */
export async function presentCase(
  tx: ReadTx,
  deps: { readonly vault: Vault; readonly permissions: Permissions },
  actor: Actor,
  stored: StoredCase,
  context: CaseContext,
): Promise<CaseView> {
  const { state } = stored;
  const [extra, events, merged, requester] = await Promise.all([
    extraOf(tx, actor, state),
    eventsOf(tx, actor, state.id),
    mergedOf(tx, actor, state),
    requesterOf(tx, deps.vault, stored),
  ]);
  const files = await filesOf(tx, events);
  const classParent = state.caseClass.code.length > 2 ? state.caseClass.code.slice(0, 2) : null;
  const names = await namesFor(tx, {
    areas: [state.areaCode],
    organisations: [
      state.firstReceiverId,
      responsibleOrganisation(state),
      state.dispatch?.leadId ?? null,
      ...(state.dispatch?.assistIds ?? []),
      ...events.map((event) => event.organisation_id),
      ...events.flatMap(leadsNamed),
    ],
    classes: [state.caseClass.code, ...(classParent ? [classParent] : [])],
  });
  const people = await personNames(tx, [
    ...new Set(events.filter((event) => event.actor_kind === 'officer').map((event) => event.actor_id)),
  ]);
  const leadId = state.dispatch?.leadId ?? null;
  return {
    id: state.id,
    number: state.number,
    version: state.version,
    state: state.state,
    lane: state.caseClass.lane,
    class: classOf(names, state.caseClass.code),
    classParent: classParent ? classOf(names, classParent) : null,
    urgency: state.urgency,
    sensitivity: state.sensitivity,
    title: stored.title,
    body: extra.body,
    placeText: extra.place_text,
    place: {
      areaCode: state.areaCode,
      path: pathOf(names, state.areaCode),
      point: state.point ? { lon: state.point[0], lat: state.point[1] } : null,
    },
    channel: extra.channel,
    openedAt: state.openedAt,
    stage: state.clocks.stage?.name ?? state.state,
    stageStartedAt: state.clocks.stage?.startedAt ?? null,
    stageDueAt: state.clocks.stage?.dueAt ?? null,
    totalDueAt: state.clocks.total.dueAt,
    closedAt: state.state === 'closed' ? state.closure.at : null,
    clocks: clocksOf(state, context),
    pauses: state.clocks.total.pauses.map((pause) => ({ ...pause })),
    lead: leadId ? named(names, leadId) : null,
    assists: (state.dispatch?.assistIds ?? []).map((id) => named(names, id)),
    firstReceiver: named(names, state.firstReceiverId),
    responsible: named(names, responsibleOrganisation(state)),
    designated: state.dispatch?.designated ?? false,
    organisations: [...names.organisations.keys()].map((id) => named(names, id)),
    totalUnit: state.clocks.total.base.clock,
    requester,
    publicConsent: state.publicConsent,
    publicState: state.publicState,
    closure: state.closure?.kind ?? null,
    solved: state.closure?.solved ?? state.ratings.at(-1)?.solved ?? null,
    satisfaction: state.closure?.satisfaction ?? state.ratings.at(-1)?.satisfaction ?? null,
    master: merged.master,
    merged: merged.duplicates,
    settledOnSpot: state.settledOnSpot,
    imported: state.imported,
    files: [...files.values()].map(fileOf),
    timeline: events.map((event) => ({
      seq: event.seq,
      kind: event.kind,
      at: event.at.toISOString(),
      actor: { kind: event.actor_kind, name: people.get(event.actor_id) ?? null },
      organisation: event.organisation_id ? named(names, event.organisation_id) : null,
      tone: toneOf(event),
      payload: event.payload,
      content: event.content,
      erasedBy: event.erased_by,
      files: event.file_ids.flatMap((id) => {
        const found = files.get(id);
        return found ? [fileOf(found)] : [];
      }),
    })),
    actions: availableActions(state, context)
      .filter((action) => action.resource !== null)
      .map((action) => ({ ...action, resource: String(action.resource), details: { ...action.details } })),
    chain: { length: stored.chain.length, head: Buffer.from(stored.chain.head).toString('hex') },
  };
}

/** Offices to which a dispatch or a ruling gave the case, also those that no longer have it. */
function leadsNamed({ payload }: EventView): string[] {
  const dispatch = payload.dispatch as { leadId?: unknown; assistIds?: unknown } | undefined;
  const ids = [
    dispatch?.leadId,
    ...(Array.isArray(dispatch?.assistIds) ? dispatch.assistIds : []),
    payload.organisationId,
  ];
  return ids.filter((id): id is string => typeof id === 'string');
}

function fileOf(file: FileInfo) {
  return {
    id: file.id,
    type: file.type,
    size: file.size,
    image: file.type.startsWith('image/'),
    width: file.width,
    height: file.height,
  };
}

async function filesOf(tx: ReadTx, events: readonly EventView[]): Promise<Map<string, FileInfo>> {
  const ids = [...new Set(events.flatMap((event) => event.file_ids))];
  if (ids.length === 0) return new Map();
  return new Map((await fileInfos(tx, ids)).map((file) => [file.id, file]));
}

async function extraOf(tx: ReadTx, actor: Actor, state: CaseState): Promise<Extra> {
  const { rows } = await sql<Extra>`
    SELECT t.body, t.place_text, c.opened_at, c.channel FROM cases.case_file c
    JOIN cases.case_text t ON t.tenant_id = c.tenant_id AND t.case_id = c.id
    WHERE c.tenant_id = ${actor.tenant} AND c.id = ${state.id}::uuid`.execute(tx);
  const row = rows[0];
  if (!row) throw new Error(`case ${state.id} has no text`);
  return row;
}

async function mergedOf(tx: ReadTx, actor: Actor, state: CaseState) {
  const { rows } = await sql<{ id: string; number: string; master: boolean }>`
    SELECT id, number, id = ${state.masterCaseId}::uuid AS master FROM cases.case_file
    WHERE tenant_id = ${actor.tenant} AND (id = ${state.masterCaseId}::uuid OR master_case_id = ${state.id}::uuid)
    ORDER BY number LIMIT 200`.execute(tx);
  const master = rows.find((row) => row.master);
  return {
    master: master ? { id: master.id, number: master.number } : null,
    duplicates: rows.filter((row) => !row.master).map(({ id, number }) => ({ id, number })),
  };
}

async function requesterOf(tx: ReadTx, vault: Vault, stored: StoredCase): Promise<CaseView['requester']> {
  const { requesterId, contactable } = stored.state;
  if (!requesterId) return null;
  if (stored.anonymous) return { id: requesterId, name: null, phone: null, anonymous: true, contactable };
  const masked = await maskedRequester(tx, vault, requesterId);
  return { id: requesterId, name: masked?.name ?? null, phone: masked?.phone ?? null, anonymous: false, contactable };
}

function clocksOf(state: CaseState, context: CaseContext): CaseView['clocks'] {
  const { stage, total } = state.clocks;
  const { now, clock, daysOff } = context;
  const part = (name: string, startedAt: string, dueAt: string, uncertain: boolean, used: number) => ({
    name,
    startedAt,
    dueAt,
    used: Math.max(0, used),
    late: now > new Date(dueAt),
    skipped: daysOff(new Date(startedAt), new Date(dueAt)),
    uncertain,
  });
  const share = (startedAt: string, dueAt: string) => {
    const [start, due] = [Date.parse(startedAt), Date.parse(dueAt)];
    return due <= start ? 1 : (now.getTime() - start) / (due - start);
  };
  const counted = (startedAt: string, dueAt: string) => {
    const whole = clock.elapsed(new Date(startedAt), new Date(dueAt), total.base.clock);
    return whole <= 0 ? 1 : clock.elapsed(new Date(startedAt), now, total.base.clock) / whole;
  };
  return {
    stage: stage
      ? part(stage.name, stage.startedAt, stage.dueAt, stage.uncertain, share(stage.startedAt, stage.dueAt))
      : null,
    total: part('total', total.startedAt, total.dueAt, total.uncertain, counted(total.startedAt, total.dueAt)),
  };
}
