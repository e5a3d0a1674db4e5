import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { uuidv7 } from '../../kit/ids.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { insertRows, type Statement } from '../../platform/database/rows.ts';
import { outboxInserts } from '../../platform/outbox/outbox.ts';
import { timerInserts, timersRemoval } from '../../platform/timers/timers.ts';
import { assistingOrganisations } from './rules/assisting.ts';
import { chainEvent, commitContent } from './rules/chain.ts';
import { responsibleOrganisation } from './rules/responsible.ts';
import type { Decision, DecidedEvent, EventStamp } from './rules/events.ts';
import type { CaseState } from './rules/state.ts';

/**
 * Writes what the rules decided: events into the chain, the present row, timers and outbox, in the caller's
 * transaction. Arrays throughout: one request and a thousand imported ones take the same statements.
 */

export const CLOCK_TIMER = 'case.clock';

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** The end of a case's chain as stored. */
export type ChainEnd = { readonly length: number; readonly head: Uint8Array };

export const EMPTY_CHAIN: ChainEnd = { length: 0, head: new Uint8Array(32) };

export type Recording = {
  readonly actor: Actor;
  readonly decision: Decision;
  readonly chain: ChainEnd;
  /** File id → salted commitment to its bytes, hex; every file the events name. */
  readonly fileHashes: ReadonlyMap<string, string>;
};

type Stamped = DecidedEvent & EventStamp;

type EventRow = {
  tenant_id: number;
  case_id: string;
  seq: number;
  kind: string;
  at: Date;
  actor_id: string;
  actor_kind: Actor['kind'];
  party: string | null;
  organisation_id: string | null;
  payload: string;
  content_commitment: Uint8Array | null;
  file_ids: string[];
  file_hashes: string[];
  previous_hash: Uint8Array;
  hash: Uint8Array;
};

type ContentRow = { tenant_id: number; case_id: string; seq: number; salt: Uint8Array; content: string };

export type Chained = {
  readonly ends: readonly ChainEnd[];
  readonly events: readonly EventRow[];
  readonly contents: readonly ContentRow[];
};

/** Chains the events of many decisions; the new end of each chain stands in `ends`, in order. Writes nothing. */
export function chainAll(recordings: readonly Recording[]): Chained {
  const events: EventRow[] = [];
  const contents: ContentRow[] = [];
  const salts = saltsFor(recordings);
  const ends = recordings.map((recording) => {
    let end = recording.chain;
    for (const event of recording.decision.events) {
      const { row, content } = chained(recording, event, end, event.content ? salts.next().value : null);
      events.push(row);
      if (content) contents.push(content);
      end = { length: row.seq, head: row.hash };
    }
    return end;
  });
  return { ends, events, contents };
}

const SALT_BYTES = 16;

/** A salt for each text, all drawn at once: asking for each costs more than hashing with it. */
function saltsFor(recordings: readonly Recording[]): Iterator<Uint8Array, never> {
  const texts = recordings.flatMap(({ decision }) => decision.events.filter(({ content }) => content)).length;
  const drawn = randomBytes(texts * SALT_BYTES);
  let used = 0;
  return {
    next() {
      if (used === drawn.length) throw new Error('more texts than salts');
      used += SALT_BYTES;
      return { done: false, value: drawn.subarray(used - SALT_BYTES, used) };
    },
  };
}

/** The statements that store chained events, their words and the news of them. The rows of their cases come first. */
export function eventInserts(
  tx: WriteTx,
  recordings: readonly Recording[],
  { events, contents }: Chained,
): Statement[] {
  const news = recordings.flatMap(({ actor, decision }) =>
    decision.events.map((event) => outboxEventOf(actor.tenant, decision.state, event)),
  );
  return [
    ...insertRows('cases.event', events),
    ...insertRows('cases.event_content', contents),
    ...outboxInserts(tx, news),
  ];
}

function chained(
  recording: Recording,
  event: Stamped,
  end: ChainEnd,
  salt: Uint8Array | null,
): { row: EventRow; content: ContentRow | null } {
  const { actor } = recording;
  const caseId = recording.decision.state.id;
  const commitment = event.content && salt ? commitContent(salt, event.content, sha256) : null;
  const fileHashes = event.files.map((id) => {
    const hash = recording.fileHashes.get(id);
    if (hash === undefined) throw new Error(`no hash for file ${id}`);
    return hash;
  });
  const stamped = {
    tenant: actor.tenant,
    caseId,
    actorKind: actor.kind,
    event,
    contentCommitment: commitment,
    fileHashes,
  };
  const hash = chainEvent(end.head, stamped, sha256);
  const row: EventRow = {
    tenant_id: actor.tenant,
    case_id: caseId,
    seq: event.seq,
    kind: event.kind,
    at: new Date(event.at),
    actor_id: event.actorId,
    actor_kind: actor.kind,
    party: event.party,
    organisation_id: event.organisationId,
    payload: JSON.stringify(event.payload),
    content_commitment: commitment,
    file_ids: [...event.files],
    file_hashes: fileHashes,
    previous_hash: end.head,
    hash,
  };
  const content =
    event.content && salt
      ? { tenant_id: actor.tenant, case_id: caseId, seq: event.seq, salt, content: JSON.stringify(event.content) }
      : null;
  return { row, content };
}

function outboxEventOf(tenant: number, state: CaseState, event: Stamped) {
  return {
    id: uuidv7(),
    tenant,
    kind: `case.${event.kind}`,
    subject: state.id,
    at: new Date(event.at),
    payload: {
      seq: event.seq,
      number: state.number,
      state: state.state,
      areaCode: state.areaCode,
      lane: state.caseClass.lane,
      classCode: state.caseClass.code,
      sensitivity: state.sensitivity,
      requesterId: state.requesterId,
      commandCentreId: state.commandCentreId,
      leadId: state.dispatch?.leadId ?? null,
      assistIds: assistingOrganisations(state),
      stage: state.clocks.stage?.name ?? null,
      stageDueAt: state.clocks.stage?.dueAt ?? null,
      actorId: event.actorId,
      // Which deadline passed; the stage's own may still be ahead.
      ...(event.kind === 'ran_late' ? { lateDueAt: event.payload.lateness.dueAt } : {}),
    },
  };
}

const ENDED_OTHERWISE: ReadonlySet<string> = new Set(['rejected', 'referred', 'merged', 'withdrawn', 'voided']);

/** The columns of `cases.case_file` that follow from the state. */
export function stateColumns(state: CaseState, chain: ChainEnd, now: Date) {
  const { clocks } = state;
  const closure = state.closure;
  return {
    version: state.version,
    state: state.state,
    lane: state.caseClass.lane,
    class_code: state.caseClass.code,
    class_version: state.caseClass.version,
    urgency: state.urgency,
    sensitivity: state.sensitivity,
    area_code: state.areaCode,
    lon: state.point?.[0] ?? null,
    lat: state.point?.[1] ?? null,
    public_state: state.publicState,
    first_receiver_id: state.firstReceiverId,
    responsible_organisation_id: responsibleOrganisation(state),
    lead_organisation_id: state.dispatch?.leadId ?? null,
    facts: JSON.stringify(state),
    stage: clocks.stage?.name ?? state.state,
    stage_started_at: dateOf(clocks.stage?.startedAt),
    stage_due_at: dateOf(clocks.stage?.dueAt),
    total_due_at: dateOf(clocks.total.dueAt),
    closed_at: state.state === 'closed' ? dateOf(closure?.at) : null,
    // The last change of what ended otherwise; null while open, so that a note changes the row in place.
    ended_at: ENDED_OTHERWISE.has(state.state) ? now : null,
    closure: closure?.kind ?? null,
    solved: closure?.solved ?? state.ratings.at(-1)?.solved ?? null,
    satisfaction: closure?.satisfaction ?? state.ratings.at(-1)?.satisfaction ?? null,
    settled_on_spot: state.settledOnSpot,
    master_case_id: state.masterCaseId,
    chain_length: chain.length,
    chain_head: chain.head,
    updated_at: now,
  };
}

function dateOf(instant: string | null | undefined): Date | null {
  return instant ? new Date(instant) : null;
}

/** The statements that bring the present row of one case up to date, and its assists and timers where the step changed them. */
export function stateUpdates(
  tx: WriteTx,
  { tenant }: Actor,
  before: CaseState,
  state: CaseState,
  chain: ChainEnd,
  now: Date,
): Statement[] {
  const update = tx
    .updateTable('cases.case_file')
    .set(stateColumns(state, chain, now) as never)
    .where('tenant_id', '=', tenant)
    .where('id', '=', state.id);
  const assists = same(assistingOrganisations(before), assistingOrganisations(state))
    ? []
    : [assistsRemoval(tx, tenant, [state]), ...assistInserts(tenant, [state])];
  const timers = clockTimers(tenant, state);
  const clocks = same(clockTimers(tenant, before), timers)
    ? []
    : [timersRemoval(tx, tenant, CLOCK_TIMER, state.id), ...timerInserts(timers)];
  return [update.compile(), ...assists, ...clocks];
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
}

function assistsRemoval(tx: WriteTx, tenant: number, states: readonly CaseState[]): Statement {
  const ids = states.map((state) => state.id);
  return sql`DELETE FROM cases.assist WHERE tenant_id = ${tenant} AND case_id = ANY(${ids}::uuid[])`.compile(tx);
}

/** The statements that store who assists. */
export function assistInserts(tenant: number, states: readonly CaseState[]): Statement[] {
  const rows = states.flatMap((state) =>
    assistingOrganisations(state).map((id) => ({
      tenant_id: tenant,
      case_id: state.id,
      organisation_id: id,
      opened_at: new Date(state.openedAt),
    })),
  );
  return insertRows('cases.assist', rows);
}

/** The clocks that run now, each as a timer; a clock that has already been told late is not set again. */
export function clockTimers(tenant: number, state: CaseState) {
  const told = new Set(state.late.map((late) => `${late.clock}|${late.name}|${late.dueAt}`));
  const { stage, contact, total } = state.clocks;
  const running: { name: 'stage' | 'contact' | 'total'; label: string; dueAt: string }[] = [];
  if (stage) running.push({ name: 'stage', label: stage.name, dueAt: stage.dueAt });
  if (contact) running.push({ name: 'contact', label: 'contact', dueAt: contact.dueAt });
  if (stage && total.pauses.every((pause) => pause.to !== null))
    running.push({ name: 'total', label: 'total', dueAt: total.dueAt });
  return running
    .filter((clock) => !told.has(`${clock.name}|${clock.label}|${clock.dueAt}`))
    .map((clock) => ({
      tenant,
      kind: CLOCK_TIMER,
      subject: state.id,
      name: clock.name,
      dueAt: new Date(clock.dueAt),
      payload: { clock: clock.name, dueAt: clock.dueAt },
    }));
}
