import { setImmediate as letGo } from 'node:timers/promises';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Refusal, type Result, refuse } from '../../kit/result.ts';
import { shorten } from '../../kit/text.ts';
import { dayOf } from '../../kit/time.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { insertRows } from '../../platform/database/rows.ts';
import { sendAhead } from '../../platform/database/transaction.ts';
import { attachFiles } from '../../platform/files/index.ts';
import type { Locale } from '../../platform/i18n/texts.ts';
import { searchWords } from '../../platform/search/words.ts';
import { timerInserts } from '../../platform/timers/timers.ts';
import { locate, pointInJurisdiction } from '../areas/index.ts';
import { classMatcher, classNames, findDefaultClass } from '../catalogue/index.ts';
import { commandCentreFor } from '../organisations/index.ts';
import { requesterInserts, type SealedRequester, sealRequester } from '../requesters/index.ts';
import { baseContext, openingClass, placeFacts } from './context.ts';
import {
  assistInserts,
  type ChainEnd,
  chainAll,
  clockTimers,
  EMPTY_CHAIN,
  eventInserts,
  type Recording,
  stateColumns,
} from './record.ts';
import { takeNumbers } from './numbers.ts';
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

/** A filing and who enters it. Those of one transaction are all of one tenant. */
export type Entry = { readonly actor: Actor; readonly filing: Filing };

type Prepared = {
  readonly filing: Filing;
  readonly command: OpeningCommand;
  readonly recording: Recording;
  readonly requester: SealedRequester | null;
};

/** Enters requests of one actor, see `registerEntries`. */
export async function registerCases(
  tx: WriteTx,
  deps: IntakeDeps,
  actor: Actor,
  filings: readonly Filing[],
  now: Date,
): Promise<Result<Receipt>[]> {
  return registerEntries(
    tx,
    deps,
    filings.map((filing) => ({ actor, filing })),
    now,
  );
}

/**
 * Enters requests in the caller's transaction. Answers one receipt or refusal for each, in order; a refused one leaves
 * nothing behind, the others are entered: whether one may be is decided before anything of it is written.
 */
export async function registerEntries(
  tx: WriteTx,
  deps: IntakeDeps,
  entries: readonly Entry[],
  now: Date,
): Promise<Result<Receipt>[]> {
  const [first] = entries;
  if (first === undefined) return [];
  const tenant = first.actor.tenant;
  const [numbers, places] = await Promise.all([
    takeNumbers(
      tx,
      tenant,
      entries.map(({ filing }) => dayOf(filing.imported?.openedAt ?? now)),
    ),
    // All at once: what they ask of the database travels together.
    Promise.all(entries.map(({ filing }) => resolvePlace(tx, deps, filing))),
  ]);
  const results: Result<Prepared>[] = [];
  const memory: ContextMemory = new Map();
  for (let from = 0; from < entries.length; from += STORED_AT_ONCE) {
    // Many are made ready and sent in parts, so that the server writes the one while the next is decided.
    if (from > 0) await letGo();
    const part: Result<Prepared>[] = [];
    for (const [index, entry] of entries.slice(from, from + STORED_AT_ONCE).entries()) {
      const place = places[from + index];
      if (place === undefined) throw new Error('a filing without a place');
      const day = dayOf(entry.filing.imported?.openedAt ?? now);
      const result = isRefusal(place) ? place : await prepare(tx, deps, entry, place, numbers.next(day), now, memory);
      if (!isRefusal(result)) numbers.use(day);
      part.push(result);
    }
    const entered = part.filter((result): result is Prepared => !isRefusal(result));
    if (entered.length > 0) store(tx, tenant, entered, now);
    results.push(...part);
  }
  await numbers.giveBack(tx);
  return results.map((result) => (isRefusal(result) ? result : receiptOf(deps, tenant, result)));
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
  { actor, filing }: Entry,
  place: Place,
  number: string,
  now: Date,
  memory: ContextMemory,
): Promise<Result<Prepared>> {
  const at = filing.imported?.openedAt ?? now;
  const classCode = await resolveClass(tx, filing, now, memory);
  const classFacts = await remember(memory, `class:${classCode}`, () => openingClass(tx, classCode, now));
  if (!classFacts) return refuseClass(tx, classCode);
  const centre = await remember(memory, `centre:${place.areaCode.slice(0, 9)}`, () =>
    commandCentreFor(tx, place.areaCode),
  );
  const caseId = uuidv7(at.getTime());
  const requester = requesterOf(deps, filing);
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
  return { filing, command, requester, recording: { actor, decision, chain: EMPTY_CHAIN, fileHashes } };
}

type Place = { areaCode: string; facts: Awaited<ReturnType<typeof placeFacts>> };

/** The area of a filing: where it says, else where its point lies, else the whole jurisdiction, for a person to narrow. */
async function resolvePlace(tx: WriteTx, deps: IntakeDeps, filing: Filing): Promise<Result<Place>> {
  const { areaCode, point } = filing.place;
  const pointInside = point ? await pointInJurisdiction(tx, point[0], point[1]) : null;
  if (pointInside === false) return refuse('cases.place_outside');
  if (areaCode && !areaCode.startsWith(deps.rootCode)) return refuse('cases.place_outside');
  const located = point ? await locate(tx, point[0], point[1]) : null;
  // A drawing says nothing about where on earth a village lies; only real boundaries do.
  const known = located?.schematic ? located.known : (located?.code ?? null);
  const finer = known && (!areaCode || known.startsWith(areaCode)) ? known : null;
  const code = finer ?? areaCode ?? deps.rootCode;
  const area = await placeFacts(tx, code, null);
  return { areaCode: code, facts: area && { ...area, pointInside } };
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

function requesterOf(deps: IntakeDeps, { requester: given }: Filing): Result<SealedRequester | null> {
  if (!given || (!given.name && !given.phone && !given.mail)) return null;
  return sealRequester(deps.vault, given);
}

function commandOf(
  filing: Filing,
  made: { caseId: string; number: string; areaCode: string; centreId: string; requester: SealedRequester | null },
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
    requesterId: made.requester?.id ?? null,
    requesterCommitment: made.requester?.commitment ?? null,
    contactable: filing.contactable,
    publicConsent: filing.publicConsent,
    openedAt: filing.occurredAt?.toISOString() ?? null,
    files: filing.fileIds,
    settlement: filing.settlement,
  };
}

/** Rows of a few hundred kilobytes: what the way to the server holds while this process is busy. */
const STORED_AT_ONCE = 250;

/** All statements of these filings in one trip; parents before their children. */
function store(tx: WriteTx, tenant: number, entered: readonly Prepared[], now: Date): void {
  const recordings = entered.map(({ recording }) => recording);
  const chained = chainAll(recordings);
  const states = recordings.map(({ decision }) => decision.state);
  sendAhead(tx, [
    ...requesterInserts(entered.flatMap(({ requester }) => requester ?? [])),
    ...insertRows(
      'cases.case_file',
      entered.map((one, index) => caseRow(tenant, one, chained.ends[index] ?? EMPTY_CHAIN, now)),
    ),
    ...eventInserts(tx, recordings, chained),
    ...insertRows(
      'cases.case_text',
      entered.map(({ command }) => textRow(tenant, command)),
      { made: { search: 'array_to_tsvector($::text[])' } },
    ),
    ...assistInserts(tenant, states),
    ...timerInserts(states.flatMap((state) => clockTimers(tenant, state))),
  ]);
}

function caseRow(tenant: number, { filing, command, recording, requester }: Prepared, end: ChainEnd, now: Date) {
  const { state } = recording.decision;
  return {
    tenant_id: tenant,
    id: command.caseId,
    number: command.number,
    ...stateColumns(state, end, now),
    channel: state.channel,
    requester_id: requester?.id ?? null,
    anonymous: filing.anonymous,
    contactable: filing.contactable,
    public_consent: filing.publicConsent,
    opened_at: new Date(state.openedAt),
    registered_at: now,
    imported: filing.imported !== null,
    source: filing.imported?.source ?? null,
    source_id: filing.imported?.sourceId ?? null,
  };
}

function textRow(tenant: number, command: OpeningCommand) {
  return {
    tenant_id: tenant,
    case_id: command.caseId,
    title: command.title,
    body: command.description,
    place_text: command.place,
    search: searchWords(`${command.title}\n${command.description}\n${command.place ?? ''}`),
  };
}

function receiptOf(deps: IntakeDeps, tenant: number, { recording, command }: Prepared): Receipt {
  const { state } = recording.decision;
  const { stage, total } = state.clocks;
  return {
    id: state.id,
    number: state.number,
    // Made when somebody is told it: an import of many thousands tells nobody.
    get queryCode() {
      return queryCodeOf(deps.vault, tenant, state.id);
    },
    version: state.version,
    areaCode: state.areaCode,
    commandCentreId: command.commandCentreId,
    dispatchDueAt: stage ? new Date(stage.dueAt) : null,
    dueAt: new Date(total.dueAt),
  };
}
