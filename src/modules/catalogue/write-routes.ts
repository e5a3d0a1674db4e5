import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit, type AuditDetails } from '../../platform/audit/audit.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { findJurisdiction } from '../areas/index.ts';
import * as contract from './contract.ts';
import { importCsv } from './csv.ts';
import { managesList } from './routes.ts';
import { effectiveFrom } from './rules/dating.ts';
import { addClass, lockCatalogue, putDeadline, reviseClass, shutClass } from './write-classes.ts';
import { findEntry, insertEntry, refuseOver, stopEntry } from './write-entries.ts';
import { deleteException, insertException, putSettings } from './write-settings.ts';

/** What administrators lay down; each change leaves an audit entry. */
export function writeRoutes(app: App): readonly Route[] {
  return [...classRoutes(), ...entryRoutes(app), ...settingRoutes()];
}

type Call = { readonly tx: WriteTx; readonly actor: Actor; readonly now: Date };

/** Answers what was done and records it; a refusal is passed on and leaves nothing. */
async function recorded<T>(
  { tx, actor, now }: Call,
  what: string,
  target: readonly [kind: string, id: string],
  done: Promise<Result<T>>,
  details: (done: T) => AuditDetails = () => ({}),
): Promise<Result<T>> {
  const result = await done;
  if (isRefusal(result)) return result;
  const [targetKind, targetId] = target;
  const entry = {
    action: `catalogue.${what}`,
    targetKind,
    targetId,
    result: 'done',
    details: details(result),
  } as const;
  await audit(tx, actor, entry, now);
  return result;
}

function classRoutes(): readonly Route[] {
  return [
    route(contract.createClass, (call) => {
      const { tx, actor, body, now } = call;
      return recorded(call, 'create_class', ['class', body.code], addClass(tx, actor, body, now), (done) => done);
    }),
    route(contract.changeClass, (call) => {
      const { tx, actor, params, body, now } = call;
      const done = reviseClass(tx, actor, params.code, body, now);
      return recorded(call, 'change_class', ['class', params.code], done, (made) => made);
    }),
    route(contract.closeClass, (call) => {
      const { tx, actor, params, body, now } = call;
      const done = shutClass(tx, actor, params.code, body, now);
      return recorded(call, 'close_class', ['class', params.code], done, (made) => made);
    }),
    route(contract.setDeadline, (call) => {
      const { tx, actor, body, now } = call;
      const details = { stage: body.stage, amount: body.deadline?.amount ?? null, clock: body.deadline?.clock ?? null };
      const done = putDeadline(tx, actor, body, now);
      return recorded(call, 'set_deadline', ['class', body.classCode], done, (made) => ({ ...details, ...made }));
    }),
  ];
}

function entryRoutes(app: App): readonly Route[] {
  return [
    route(contract.createEntry, (call) => {
      const { tx, actor, body, now } = call;
      const done = createEntry(app, call, body);
      return recorded({ tx, actor, now }, 'create_dispatch_entry', ['class', body.classCode], done, (made) => made);
    }),
    route(contract.endEntry, async (call) => {
      const { tx, actor, params, body, now } = call;
      await lockCatalogue(tx);
      const entry = await findEntry(tx, params.id);
      if (!entry) return refuse('catalogue.entry_unknown');
      if (!managesList(app, actor)(entry.areaCode)) return refuse('auth.forbidden');
      const done = stopEntry(tx, actor, entry, body, now);
      const ended = await recorded(call, 'end_dispatch_entry', ['dispatch_entry', entry.id], done);
      return isRefusal(ended) ? ended : { validTo: ended.toISOString() };
    }),
    route(contract.importEntries, async (call) => {
      const { tx, actor, body, locale, now } = call;
      const from = effectiveFrom(body.from, now);
      if (isRefusal(from)) return from;
      const jurisdiction = await findJurisdiction(tx);
      if (!jurisdiction) throw new Error('no divisions loaded');
      await lockCatalogue(tx);
      const manages = managesList(app, actor);
      const options = {
        replace: body.replace,
        dryRun: body.dryRun,
        from,
        jurisdiction: jurisdiction.code,
        texts: app.texts,
        locale,
        refuseArea: (areaCode: string) => (manages(areaCode) ? null : refuse('auth.forbidden')),
      };
      const done = importCsv(tx, actor, body.csv, options, now);
      if (body.dryRun) return done;
      return recorded(call, 'import_dispatch_list', ['dispatch_list', jurisdiction.code], done, (made) => ({
        added: made.added,
        replaced: made.replaced,
        rejected: made.rejected.length,
      }));
    }),
  ];
}

async function createEntry(app: App, { tx, actor, now }: Call, body: contract.NewEntryBody) {
  if (!managesList(app, actor)(body.areaCode)) return refuse('auth.forbidden');
  await lockCatalogue(tx);
  const from = effectiveFrom(body.from, now);
  if (isRefusal(from)) return from;
  const replaces = body.replaces === null ? null : await findEntry(tx, body.replaces);
  if (body.replaces !== null && !replaces) return refuse('catalogue.entry_unknown');
  if (replaces && !managesList(app, actor)(replaces.areaCode)) return refuse('auth.forbidden');
  const over = replaces && refuseOver(replaces, now);
  return over ?? insertEntry(tx, actor, { ...body, from, replaces }, now);
}

function settingRoutes(): readonly Route[] {
  return [
    route(contract.changeSettings, (call) => {
      const { tx, actor, body, now } = call;
      const names = body.values.map((each) => each.name);
      const done = putSettings(tx, actor, body, now);
      return recorded(call, 'change_settings', ['class', body.classCode ?? '*'], done, () => ({ names }));
    }),
    route(contract.addException, (call) => {
      const { tx, actor, body, now } = call;
      const done = insertException(tx, actor, body, now);
      return recorded(call, 'add_calendar_exception', ['day', body.day], done, () => ({ kind: body.kind }));
    }),
    route(contract.removeException, (call) => {
      const { tx, params, now } = call;
      return recorded(call, 'remove_calendar_exception', ['day', params.day], deleteException(tx, params.day, now));
    }),
  ];
}
