import { sql } from 'kysely';
import { caseNumber } from '../../kit/case-number.ts';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { shorten } from '../../kit/text.ts';
import { dayOf } from '../../kit/time.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { attachFiles } from '../../platform/files/index.ts';
import type { Locale } from '../../platform/i18n/texts.ts';
import { searchVector } from '../../platform/search/words.ts';
import { setTimers } from '../../platform/timers/timers.ts';
import { jurisdictionTest, locate } from '../areas/index.ts';
import { classMatcher, classNames, findDefaultClass } from '../catalogue/index.ts';
import { commandCentreFor } from '../organisations/index.ts';
import { saveRequester } from '../requesters/index.ts';
import { baseContext, openingClass, placeFacts } from './context.ts';
import {
  chainAll,
  clockTimers,
  EMPTY_CHAIN,
  recordAssists,
  type Recording,
  stateColumns,
  storeEvents,
} from './record.ts';
import { queryCodeOf } from './resident.ts';
import type { OpeningCommand, Settlement } from './rules/commands.ts';
import { open } from './rules/decide.ts';
import type { Point } from './rules/state.ts';
import type { Channel, Satisfaction, Solved, Urgency } from './rules/words.ts';
import { actingAtOpening } from './standing.ts';

/** One request to be entered. Arrays of them share statements: a single filing, group commit and import are one path. */
export type Filing = {
  /** Null: the first words of the text. */
  readonly title: string | null;
  readonly body: string;
  /** Null: proposed from the words, for the dispatcher to confirm or correct. */
  readonly classCode: string | null;
  readonly place: { readonly areaCode: string | null; readonly point: Point | null; readonly text: string | null };
  readonly channel: Channel;
  readonly urgency: Urgency;
  readonly confidential: boolean;
  readonly requester: {
    readonly name: string | null;
    readonly phone: string | null;
    readonly mail: string | null;
    /** The language messages to him are written in; zh-CN unless told. */
    readonly locale?: Locale;
  } | null;
  readonly anonymous: boolean;
  /** He can answer by query code or be called. */
  readonly contactable: boolean;
  readonly publicConsent: boolean;
  /** When it happened or was said; null: now. */
  readonly occurredAt: Date | null;
  readonly fileIds: readonly string[];
  readonly settlement: Settlement | null;
  readonly imported: ImportedHistory | null;
};

/** What the data of an import brings of its own. */
export type ImportedHistory = {
  readonly source: string;
  readonly sourceId: string;
  readonly openedAt: Date;
  readonly handledAt: Date | null;
  readonly closedAt: Date | null;
  readonly solved: Solved | null;
  readonly satisfaction: Satisfaction | null;
  readonly answer: string | null;
};

export type Receipt = {
  readonly id: string;
  readonly number: string;
  readonly queryCode: string;
  readonly version: number;
  readonly areaCode: string;
  readonly commandCentreId: string;
  readonly dispatchDueAt: Date | null;
  readonly dueAt: Date | null;
};

export type IntakeDeps = { readonly vault: Vault; readonly rootCode: string };

type Prepared = { filing: Filing; command: OpeningCommand; recording: Recording; requesterId: string | null };

/**
 * Enters requests in the caller's transaction. Answers one receipt or refusal for each, in order; a refused one leaves
 * nothing behind, the others are entered.
 */
export async function registerCases(
  tx: WriteTx,
  deps: IntakeDeps,
  actor: Actor,
  filings: readonly Filing[],
  now: Date,
): Promise<Result<Receipt>[]> {
  const numbers = await takeNumbers(
    tx,
    actor.tenant,
    filings.map((filing) => dayOf(filing.imported?.openedAt ?? now)),
  );
  const results: Result<Prepared>[] = [];
  const memory: ContextMemory = new Map();
  for (const [index, filing] of filings.entries()) {
    results.push(await prepare(tx, deps, actor, filing, numbers[index] ?? '', now, memory));
  }
  const entered = results.filter((result): result is Prepared => !isRefusal(result));
  if (entered.length > 0) await store(tx, actor, entered, now);
  return results.map((result) => (isRefusal(result) ? result : receiptOf(deps, actor, result)));
}

type ContextMemory = Map<string, unknown>;

/** Values that many filings of one transaction share are loaded once. */
async function remember<T>(memory: ContextMemory, key: string, load: () => Promise<T>): Promise<T> {
  if (!memory.has(key)) memory.set(key, await load());
  return memory.get(key) as T;
}

async function prepare(
  tx: WriteTx,
  deps: IntakeDeps,
  actor: Actor,
  filing: Filing,
  number: string,
  now: Date,
  memory: ContextMemory,
): Promise<Result<Prepared>> {
  const place = await resolvePlace(tx, deps, filing, memory);
  if (isRefusal(place)) return place;
  const at = filing.imported?.openedAt ?? now;
  const classCode = await resolveClass(tx, filing, now, memory);
  const classFacts = await remember(memory, `class:${classCode}:${dayOf(now)}`, () => openingClass(tx, classCode, now));
  if (!classFacts) return refuseClass(tx, classCode);
  const centre = await remember(memory, `centre:${place.areaCode.slice(0, 9)}`, () =>
    commandCentreFor(tx, place.areaCode),
  );
  const caseId = uuidv7(at.getTime());
  const requester = await keepRequester(tx, deps, filing);
  if (isRefusal(requester)) return requester;
  const base = await remember(memory, `base:${classCode}`, () =>
    baseContext(tx, actingAtOpening(actor, place.areaCode), classFacts, now),
  );
  const context = { ...base, acting: actingAtOpening(actor, place.areaCode), classFacts, place: place.facts };
  const command = commandOf(filing, { caseId, number, areaCode: place.areaCode, centreId: centre.id, requester });
  const decision = open(command, context);
  if (isRefusal(decision)) return decision;
  const files = decision.events.flatMap((event) => event.files);
  const fileHashes = await attachFiles(tx, actor, files, { kind: 'case', id: caseId });
  if (isRefusal(fileHashes)) return fileHashes;
  return { filing, command, requesterId: requester.id, recording: { decision, chain: EMPTY_CHAIN, fileHashes } };
}

type Place = { areaCode: string; facts: Awaited<ReturnType<typeof placeFacts>> };

/** The area of a filing: where it says, else where its point lies, else the whole jurisdiction, for a person to narrow. */
async function resolvePlace(
  tx: WriteTx,
  deps: IntakeDeps,
  filing: Filing,
  memory: ContextMemory,
): Promise<Result<Place>> {
  const { areaCode, point } = filing.place;
  const pointInside = point ? await insideOf(tx, point, memory) : null;
  if (pointInside === false) return refuse('cases.place_outside');
  if (areaCode && !areaCode.startsWith(deps.rootCode)) return refuse('cases.place_outside');
  const located = point ? await locate(tx, point[0], point[1]) : null;
  // A drawing says nothing about where on earth a village lies; only real boundaries do.
  const known = located?.schematic ? located.known : (located?.code ?? null);
  const finer = known && (!areaCode || known.startsWith(areaCode)) ? known : null;
  const code = finer ?? areaCode ?? deps.rootCode;
  const area = await remember(memory, `place:${code}`, () => placeFacts(tx, code, null));
  return { areaCode: code, facts: area && { ...area, pointInside } };
}

async function insideOf(tx: WriteTx, point: Point, memory: ContextMemory): Promise<boolean | null> {
  const test = await remember(memory, 'inside', () => jurisdictionTest(tx));
  return test(point[0], point[1]);
}

async function resolveClass(tx: WriteTx, filing: Filing, now: Date, memory: ContextMemory): Promise<string> {
  if (filing.classCode) return filing.classCode;
  const matches = await remember(memory, 'matcher', () => classMatcher(tx, now));
  const [match] = matches(`${filing.title ?? ''} ${filing.body}`);
  return match?.code ?? (await remember(memory, 'class:default', () => findDefaultClass(tx, now)));
}

/** A class that was once open is told apart from one that never was. */
async function refuseClass(tx: WriteTx, classCode: string): Promise<Refusal> {
  const known = (await classNames(tx, [classCode])).has(classCode);
  return known ? refuse('cases.class_closed', { classCode }) : refuse('cases.class_unknown', { code: classCode });
}

type KeptRequester = { readonly id: string | null; readonly commitment: string | null };

async function keepRequester(tx: WriteTx, deps: IntakeDeps, filing: Filing): Promise<Result<KeptRequester>> {
  const given = filing.requester;
  if (!given || (!given.name && !given.phone && !given.mail)) return { id: null, commitment: null };
  const saved = await saveRequester(tx, deps.vault, given);
  return isRefusal(saved) ? saved : { id: saved.id, commitment: saved.commitment };
}

function commandOf(
  filing: Filing,
  made: { caseId: string; number: string; areaCode: string; centreId: string; requester: KeptRequester },
): OpeningCommand {
  const title = filing.title ?? shorten(filing.body.split(/[。！？!?\n]/)[0] ?? filing.body, 40);
  const shared = {
    caseId: made.caseId,
    number: made.number,
    areaCode: made.areaCode,
    point: filing.place.point,
    urgency: filing.urgency,
    commandCentreId: made.centreId,
    title,
    description: filing.body,
    place: filing.place.text,
  };
  if (filing.imported) {
    const history = filing.imported;
    return {
      action: 'import',
      ...shared,
      source: history.source,
      sourceId: history.sourceId,
      openedAt: history.openedAt.toISOString(),
      handledAt: history.handledAt?.toISOString() ?? null,
      closedAt: history.closedAt?.toISOString() ?? null,
      solved: history.solved,
      satisfaction: history.satisfaction,
      answer: history.answer,
    };
  }
  return {
    action: 'register',
    ...shared,
    channel: filing.channel,
    confidential: filing.confidential,
    requesterId: made.requester.id,
    requesterCommitment: made.requester.commitment,
    contactable: filing.contactable,
    publicConsent: filing.publicConsent,
    openedAt: filing.occurredAt?.toISOString() ?? null,
    files: filing.fileIds,
    settlement: filing.settlement,
  };
}

/** Takes a run of serials for each day, all in one statement. */
async function takeNumbers(tx: WriteTx, tenant: number, days: readonly string[]): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  // Days in order, so that two transactions lock the rows in the same order.
  const wanted = [...counts.keys()].sort();
  const { rows } = await sql<{ day: string; last: string }>`
    INSERT INTO cases.number_serial AS n (tenant_id, day, last)
    SELECT ${tenant}, w.day, w.count
    FROM unnest(${wanted}::date[], ${wanted.map((day) => counts.get(day) ?? 0)}::bigint[]) WITH ORDINALITY AS w (day, count, place)
    ORDER BY w.place
    ON CONFLICT (tenant_id, day) DO UPDATE SET last = n.last + excluded.last
    RETURNING n.day::text AS day, n.last`.execute(tx);
  const next = new Map(rows.map((row) => [row.day, Number(row.last) - (counts.get(row.day) ?? 0) + 1]));
  return days.map((day) => {
    const serial = next.get(day) ?? 1;
    next.set(day, serial + 1);
    return caseNumber(day, serial);
  });
}

async function store(tx: WriteTx, actor: Actor, entered: readonly Prepared[], now: Date): Promise<void> {
  const recordings = entered.map(({ recording }) => recording);
  const chained = chainAll(actor, recordings);
  const rows = entered.map(({ filing, command, recording, requesterId }, index) => ({
    tenant_id: actor.tenant,
    id: command.caseId,
    number: command.number,
    ...stateColumns(recording.decision.state, chained.ends[index] ?? EMPTY_CHAIN, now),
    channel: recording.decision.state.channel,
    requester_id: requesterId,
    anonymous: filing.anonymous,
    contactable: filing.contactable,
    public_consent: filing.publicConsent,
    opened_at: new Date(recording.decision.state.openedAt),
    registered_at: now,
    imported: filing.imported !== null,
    source: filing.imported?.source ?? null,
    source_id: filing.imported?.sourceId ?? null,
  }));
  await tx
    .insertInto('cases.case_file')
    .values(rows as never)
    .execute();
  await storeEvents(tx, actor, recordings, chained);
  await tx
    .insertInto('cases.case_text')
    .values(
      entered.map(({ command }) => ({
        tenant_id: actor.tenant,
        case_id: command.caseId,
        title: command.title,
        body: command.description,
        place_text: command.place,
        search: searchVector(`${command.title}\n${command.description}\n${command.place ?? ''}`),
      })) as never,
    )
    .execute();
  const states = entered.map(({ recording }) => recording.decision.state);
  await recordAssists(tx, actor.tenant, states, false);
  await setTimers(
    tx,
    states.flatMap((state) => clockTimers(actor.tenant, state)),
  );
}

function receiptOf(deps: IntakeDeps, actor: Actor, { recording, command }: Prepared): Receipt {
  const { state } = recording.decision;
  const { stage, total } = state.clocks;
  return {
    id: state.id,
    number: state.number,
    queryCode: queryCodeOf(deps.vault, actor.tenant, state.id),
    version: state.version,
    areaCode: state.areaCode,
    commandCentreId: command.commandCentreId,
    dispatchDueAt: stage ? new Date(stage.dueAt) : null,
    dueAt: new Date(total.dueAt),
  };
}
