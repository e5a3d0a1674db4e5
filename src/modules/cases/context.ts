import { addDays, dayOf } from '../../kit/time.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { oncePerTransaction } from '../../platform/database/per-transaction.ts';
import { isOpenArea, pointInJurisdiction } from '../areas/index.ts';
import {
  caseSettings,
  classNames,
  classOfVersion,
  deadlinesOf,
  dispatchEntryFor,
  findClass,
  loadCalendar,
  suggestDispatch,
  workClock,
} from '../catalogue/index.ts';
import type { CaseClass } from '../catalogue/index.ts';
import { findOrganisation, personNames } from '../organisations/index.ts';
import type { CaseCommand, OpeningCommand } from './rules/commands.ts';
import {
  type Acting,
  type CaseSettings,
  type Context,
  defaultSettings,
  type DispatchTarget,
  type MasterFacts,
} from './rules/context.ts';
import type { CaseState, ClassFacts, Point } from './rules/state.ts';
import { actingOn } from './standing.ts';
import { handlingOrganisations } from './rules/independence.ts';
import { findStored, lastEventOf } from './stored.ts';

/** The rules' context, and what only the screen needs of the calendar. */
export type CaseContext = Context & {
  /** Days from `from` to `to` that do not count as working days, `yyyy-mm-dd`; at most 30. */
  readonly daysOff: (from: Date, to: Date) => string[];
};

export function classFactsOf(found: CaseClass): ClassFacts {
  return {
    code: found.code,
    version: found.version,
    lane: found.lane,
    sensitivity: found.sensitivity,
    petition: found.petition,
    settleOnSpot: found.settleOnSpot,
    photosRequired: found.needsPhoto,
    callBackBefore: found.callBackBefore,
  };
}

/** What every decision needs, for the class version a case is under. Loaded once for a page of imports. */
export async function baseContext(
  tx: ReadTx,
  acting: Acting,
  caseClass: Pick<ClassFacts, 'code' | 'version'>,
  now: Date,
): Promise<CaseContext> {
  const day = dayOf(now);
  const calendar = await oncePerTransaction(tx, `calendar:${day}`, () => loadCalendar(tx));
  const { code, version } = caseClass;
  const deadlines = await oncePerTransaction(tx, `deadlines:${code}:${version}:${day}`, () =>
    deadlinesOf(tx, code, version, now),
  );
  const own = await oncePerTransaction(tx, `settings:${code}:${day}`, () => caseSettings(tx, now, code));
  const settings: CaseSettings = { ...defaultSettings, ...own };
  return {
    now,
    acting,
    deadline: (stage) => deadlines[stage],
    clock: workClock(calendar),
    settings,
    lastEvent: null,
    classFacts: null,
    place: null,
    targets: [],
    suggestion: null,
    master: null,
    daysOff: (from, to) => {
      const days: string[] = [];
      for (let day = dayOf(from); day <= dayOf(to) && days.length < 30; day = addDays(day, 1)) {
        if (!calendar.isWorkday(day)) days.push(day);
      }
      return days;
    },
  };
}

/** The context of a page view: no command yet. */
export async function viewContext(tx: ReadTx, actor: Actor, state: CaseState, now: Date): Promise<CaseContext> {
  const base = await baseContext(tx, actingOn(actor, state), state.caseClass, now);
  return { ...base, master: state.masterCaseId ? await masterFacts(tx, actor, state.masterCaseId) : null };
}

/** The context of one command to one case: loads what that command looks at and nothing else. */
export async function commandContext(
  tx: ReadTx,
  actor: Actor,
  state: CaseState,
  command: CaseCommand,
  now: Date,
): Promise<CaseContext> {
  const newClass =
    command.action === 'correct' && command.classCode ? await findClass(tx, command.classCode, now) : null;
  const base = await baseContext(tx, actingOn(actor, state), newClass ?? state.caseClass, now);
  const named = organisationsNamed(command);
  const areaCode = state.areaCode;
  return {
    ...base,
    lastEvent: command.expectedVersion === state.version ? null : await staleEvent(tx, actor, state),
    classFacts: command.action === 'correct' ? await correctedClass(tx, state, command.classCode, newClass) : null,
    place:
      command.action === 'correct'
        ? await placeFacts(tx, command.areaCode ?? areaCode, command.point ?? state.point)
        : null,
    targets: await targetsOf(tx, named, { classCode: state.caseClass.code, areaCode, at: now }),
    suggestion: command.action === 'dispatch' ? await firstSuggestion(tx, state, now) : null,
    master: await masterFor(tx, actor, state, command),
  };
}

/** The class after a correction: the one named, which must be open; else the version the case is under. */
async function correctedClass(
  tx: ReadTx,
  state: CaseState,
  named: string | null,
  found: CaseClass | null,
): Promise<Context['classFacts']> {
  const current = named ? found : await classOfVersion(tx, state.caseClass.code, state.caseClass.version);
  if (current) return { ...classFactsOf(current), open: true };
  // One that was open once is told apart from one that never was.
  const closed = named !== null && (await classNames(tx, [named])).has(named);
  return closed ? { ...state.caseClass, code: named, open: false } : null;
}

/** The class named at an opening; null when it is unknown or closed on that day. */
export async function openingClass(
  tx: ReadTx,
  code: string,
  at: Date,
): Promise<(ClassFacts & { open: boolean }) | null> {
  const found = await findClass(tx, code, at);
  return found ? { ...classFactsOf(found), open: true } : null;
}

export async function placeFacts(tx: ReadTx, areaCode: string, point: Point | null): Promise<Context['place']> {
  const pointInside = point ? await pointInJurisdiction(tx, point[0], point[1]) : null;
  return { areaOpen: await isOpenArea(tx, areaCode), pointInside };
}

function organisationsNamed(command: CaseCommand | OpeningCommand): string[] {
  switch (command.action) {
    case 'dispatch':
    case 'rule':
      return [command.leadId, ...command.assistIds];
    case 'shelve':
      return command.ownerOrganisationId ? [command.ownerOrganisationId] : [];
    default:
      return [];
  }
}

async function targetsOf(
  tx: ReadTx,
  ids: readonly string[],
  of: { classCode: string; areaCode: string; at: Date },
): Promise<DispatchTarget[]> {
  const targets: DispatchTarget[] = [];
  for (const id of new Set(ids)) {
    const organisation = await findOrganisation(tx, id);
    if (!organisation) continue;
    const entry = await dispatchEntryFor(tx, { ...of, organisationId: id });
    targets.push({
      organisationId: id,
      level: organisation.level,
      active: organisation.validTo === null || organisation.validTo > dayOf(of.at),
      entry: entry ? { id: entry.entryId, number: String(entry.entryNumber) } : null,
    });
  }
  return targets;
}

async function firstSuggestion(tx: ReadTx, state: CaseState, now: Date): Promise<{ organisationId: string } | null> {
  const [first] = await suggestDispatch(tx, { classCode: state.caseClass.code, areaCode: state.areaCode, at: now });
  return first ? { organisationId: first.organisationId } : null;
}

async function staleEvent(tx: ReadTx, actor: Actor, state: CaseState): Promise<Context['lastEvent']> {
  const last = await lastEventOf(tx, actor, state.id, state.version);
  if (!last) return null;
  const names = await personNames(tx, [last.actorId]);
  return { kind: last.kind, at: last.at.toISOString(), actorName: names.get(last.actorId) ?? '' };
}

async function masterFor(
  tx: ReadTx,
  actor: Actor,
  state: CaseState,
  command: CaseCommand,
): Promise<MasterFacts | null> {
  const id = command.action === 'merge' ? command.masterCaseId : state.masterCaseId;
  return id ? masterFacts(tx, actor, id) : null;
}

async function masterFacts(tx: ReadTx, actor: Actor, id: string): Promise<MasterFacts | null> {
  const stored = await findStored(tx, actor, id, false);
  if (!stored) return null;
  const { state } = stored;
  return {
    id: state.id,
    number: state.number,
    state: state.state,
    closedAt: state.closure?.at ?? null,
    masterCaseId: state.masterCaseId,
    handledBy: { userIds: state.handlerIds, organisationIds: handlingOrganisations(state) },
  };
}
